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

  // Whether what has these parties (each a role and an organisation), tags and countries is of what was chosen: any value of each
  // choice, and all choices together.
  const fits = ({ parties = [], tags = [], countries = [] }, { organisation = [], role = [], tag = [], country = [] }) => {
    const any = (chosen, value) => !chosen.length || chosen.includes(value);
    return ((!organisation.length && !role.length) || parties.some(([as, name]) => any(role, as) && any(organisation, name)))
      && (!tag.length || tags.some((each) => tag.includes(each)))
      && (!country.length || countries.some((each) => country.includes(each)));
  };

  return { fits, later, length };
})()
