// Reads JSON requests on stdin, a list, and answers each in turn, in a JSON list on stdout.
//
//   {"ask": "offsets", "vtimezone": text, "local": ["2026-07-01T12:00:00", …]}
//       → [7200, …]  what ical.js takes those local times to be ahead of UTC, in seconds
//   {"ask": "events", "ics": text}
//       → {"name": …, "events": [{"uid", "summary", …, "start", "end", "zone", "start_utc", "end_utc", "all_day"}]}
//   {"ask": "occurrences", "ics": text, "first": seconds, "last": seconds}
//       → [[uid, start, end, status or "-", summary], …]  what takes place in a span; "YYYY-MM-DD" for whole days
//   {"ask": "jcal", "ics": text}
//       → what ical.js parses the text to (RFC 7265)
//
// What ical.js refuses is answered with {"error": message}.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function offsets({ vtimezone, local }) {
  const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(vtimezone)));
  return local.map((text) => zone.utcOffset(ICAL.Time.fromDateTimeString(text)));
}

function utc(time) {
  return time.isDate ? null : time.toUnixTime();
}

function texts(component, name) {
  return component.getAllProperties(name).flatMap((property) => property.getValues().map(String));
}

function event(component) {
  const read = new ICAL.Event(component);
  const text = (name) => component.getFirstPropertyValue(name)?.toString() ?? null;
  return {
    uid: read.uid,
    summary: read.summary,
    description: read.description,
    location: read.location,
    sequence: read.sequence,
    status: text("status"),
    url: text("url"),
    transp: text("transp"),
    last_modified: text("last-modified"),
    dtstamp: text("dtstamp"),
    categories: texts(component, "categories"),
    related_to: texts(component, "related-to"),
    all_day: read.startDate.isDate,
    zone: read.startDate.isDate ? null : read.startDate.zone.tzid,
    start: read.startDate.toString(),
    end: read.endDate.toString(),
    start_utc: utc(read.startDate),
    end_utc: utc(read.endDate),
  };
}

function events({ ics }) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  return {
    name: calendar.getFirstPropertyValue("name") ?? calendar.getFirstPropertyValue("x-wr-calname"),
    zones: calendar.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")),
    events: calendar.getAllSubcomponents("vevent").map(event),
  };
}

function moment(time) {
  return time.isDate ? time.toString() : time.toUnixTime();
}

function occurrences({ ics, first, last }) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const components = calendar.getAllSubcomponents("vevent");
  const told = [];
  const tell = (component, start, end) => {
    const status = component.getFirstPropertyValue("status") ?? "-";
    told.push([
      component.getFirstPropertyValue("uid"), moment(start), moment(end), status,
      component.getFirstPropertyValue("summary"),
    ]);
  };
  for (const master of components.filter((each) => !each.hasProperty("recurrence-id"))) {
    const uid = master.getFirstPropertyValue("uid");
    const exceptions = components.filter(
      (each) => each.hasProperty("recurrence-id") && each.getFirstPropertyValue("uid") === uid,
    );
    const series = new ICAL.Event(master, { exceptions });
    if (!series.isRecurring()) {
      tell(master, series.startDate, series.endDate);
      continue;
    }
    const dates = series.iterator();
    for (let date = dates.next(); date && date.toUnixTime() < last; date = dates.next()) {
      const { item, startDate, endDate } = series.getOccurrenceDetails(date);
      if (endDate.toUnixTime() >= first) tell(item.component, startDate, endDate);
    }
  }
  return told;
}

const ANSWERS = { offsets, events, occurrences, jcal: ({ ics }) => ICAL.parse(ics) };

function answer(request) {
  try {
    return ANSWERS[request.ask](request);
  } catch (error) {
    return { error: error.message };
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(answer)));
