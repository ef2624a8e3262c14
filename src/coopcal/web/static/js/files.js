// Shows of an embedded calendar that is a file what its address asks for; for frames, and for the element of other sites.
"use strict";

globalThis.coopcalNarrow = "NARROW";
