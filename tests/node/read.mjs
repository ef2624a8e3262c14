// Reads JSON requests on stdin, a list, and answers each in turn, in a JSON list on stdout.
//
//   {"ask": "offsets", "vtimezone": text, "local": ["2026-07-01T12:00:00", …]}
//       → [7200, …]  what ical.js takes those local times to be ahead of UTC, in seconds
//   {"ask": "events", "ics": text}
//       → {"name": …, "events": [{"uid", "summary", …, "start", "end", "zone", "start_utc", "end_utc", "all_day"}]}
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

const ANSWERS = { offsets, events, jcal: ({ ics }) => ICAL.parse(ics) };

function answer(request) {
  try {
    return ANSWERS[request.ask](request);
  } catch (error) {
    return { error: error.message };
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(answer)));
