(() => {
  // A length of time as addresses say it (ISO 8601, of whole days; a number of days; "no"), null for what is none.
  const length = (written) => {
    if (written === "no") return { months: 0, days: 0 };
    const said = /^\d+$/.test(written) ? `P${written}D` : written;
    const parts = /^P(?=\d)(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?$/.exec(said);
    if (!parts) return null;
    const [years, months, weeks, days] = parts.slice(1).map((part) => Number(part ?? 0));
    return { months: 12 * years + months, days: 7 * weeks + days };
  };

  // The day (ISO 8601) so long after another (sign 1) or before (-1); month ends are kept in.
  const later = (day, { months, days }, sign) => {
    const [year, month, number] = day.split("-").map(Number);
    const all = 12 * year + month - 1 + sign * months;
    const at = [Math.floor(all / 12), all % 12];
    const last = new Date(Date.UTC(at[0], at[1] + 1, 0)).getUTCDate();
    return new Date(Date.UTC(...at, Math.min(number, last) + sign * days)).toISOString().slice(0, 10);
  };

  // Whether a character goes with others: marks of different combining classes change places.
  const moves = (pair) => pair.normalize("NFD") !== pair;
  const isMark = (character) => /\p{M}/u.test(character) && (moves(`${character}\u0334`) || moves(`\u0345${character}`));

  const small = (character) => {
    if (/\p{sc=Cher}/u.test(character)) return character.toUpperCase();
    return character === "ı" ? character : character.toLowerCase().toUpperCase().toLowerCase();
  };

  // As coopcal folds what is compared: "Été" is "ete", and "Straße" "strasse".
  const folded = (text) => {
    const apart = [...text].map(small).join("").normalize("NFKD");
    return [...apart].filter((character) => !isMark(character)).join("");
  };

  const wordsOf = (text) => [...new Set(folded(text).split(/\s+/))].filter(Boolean);

  const names = ["organisation", "tag", "country", "city", "spoken", "online", "role"];

  // What the parameters of an address (URLSearchParams) choose, as it is compared: several values of each name, and words.
  const choice = (asked) => {
    const chosen = Object.fromEntries(names.map((name) => [name, asked.getAll(name).flatMap((text) => text.split(",")).map((text) => text.trim()).filter(Boolean)]));
    chosen.country = chosen.country.map((code) => code.toUpperCase());
    chosen.city = chosen.city.map((city) => folded(city).split(/\s+/).filter(Boolean).join(" ")).filter(Boolean);
    chosen.spoken = chosen.spoken.map((tongue) => tongue.toLowerCase());
    for (const name of names) chosen[name] = [...new Set(chosen[name])].sort();
    chosen.words = asked.getAll("q").flatMap(wordsOf);
    return chosen;
  };

  // Whether what has these parties (each a role and an organisation), tags, countries, cities, languages and answers to whether it is
  // online, and the text that it is found by, is of what was chosen: any value of each choice, all choices together, and all words.
  const fits = (
    { parties = [], tags = [], countries = [], cities = [], spoken = [], online = [], text = "" },
    { organisation = [], role = [], tag = [], country = [], city = [], spoken: spokenIn = [], online: isOnline = [], words = [] },
  ) => {
    const any = (chosen, value) => !chosen.length || chosen.includes(value);
    const some = (chosen, values) => !chosen.length || values.some((each) => chosen.includes(each));
    return ((!organisation.length && !role.length) || parties.some(([as, name]) => any(role, as) && any(organisation, name)))
      && some(tag, tags) && some(country, countries) && some(city, cities) && some(isOnline, online)
      && (!spokenIn.length || spoken.some((each) => spokenIn.some((asked) => `${each}-`.startsWith(`${asked}-`))))
      && words.every((word) => text.includes(word));
  };

  return { choice, fits, folded, later, length, names };
})()
