"""What compiles made of each organisation, kept beside the site, so that the next one makes anew only what was changed."""
