# Reads calendars with the gem icalendar, as Rails and Jekyll sites do: a JSON list of texts in, a JSON list out.
# Each answer is a list of [UID, RECURRENCE-ID or null, start, end]: seconds since 1970 (UTC), or a day.
require 'json'
require 'stringio'
require 'icalendar'

def moment(value)
  return nil if value.nil?
  value.is_a?(Icalendar::Values::Date) ? value.strftime('%Y-%m-%d') : value.to_time.to_i
end

answers = JSON.parse($stdin.read).map do |text|
  Icalendar::Calendar.parse(text).flat_map do |calendar|
    calendar.events.map do |event|
      [event.uid.to_s, moment(event.recurrence_id), moment(event.dtstart), moment(event.dtend)]
    end
  end
rescue StandardError => error
  { error: "#{error.class}: #{error.message}" }
end
puts JSON.generate(answers)
