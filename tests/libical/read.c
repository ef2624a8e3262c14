/* Reads calendars with libical, as Evolution does, and tells what takes place in a span of time.
 *
 * On stdin, for each calendar a line "<octets> <first> <last>" (the span in seconds since 1970, UTC) and the
 * calendar. On stdout, for each date a line of fields parted by tabs, and after each calendar a line ".":
 * UID, start, end (YYYY-MM-DD for whole days, else seconds since 1970), STATUS or "-", SUMMARY.
 * A date of a series that has a VEVENT of its own (RECURRENCE-ID) is told as that says.
 */

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const icaltimezone *utc;

static void print_moment(icaltimetype moment)
{
    if (moment.is_date) {
        printf("%04d-%02d-%02d", moment.year, moment.month, moment.day);
    } else {
        printf("%lld", (long long)icaltime_as_timet_with_zone(moment, icaltime_get_timezone(moment)));
    }
}

static void print_event(icalcomponent *event, icaltimetype start, icaltimetype end)
{
    icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
    const char *summary = icalcomponent_get_summary(event);
    printf("%s\t", icalcomponent_get_uid(event));
    print_moment(start);
    printf("\t");
    print_moment(end);
    printf("\t%s\t", status ? icalproperty_get_value_as_string(status) : "-");
    for (const char *letter = summary ? summary : ""; *letter; letter++) {
        putchar(*letter == '\n' || *letter == '\t' ? ' ' : *letter);
    }
    printf("\n");
}

struct series {
    icalcomponent *calendar;
    icalcomponent *master;
};

static int is_overridden(const struct series *series, icaltimetype start)
{
    const char *uid = icalcomponent_get_uid(series->master);
    icalcomponent *other = icalcomponent_get_first_component(series->calendar, ICAL_VEVENT_COMPONENT);
    for (; other; other = icalcomponent_get_next_component(series->calendar, ICAL_VEVENT_COMPONENT)) {
        icaltimetype original = icalcomponent_get_recurrenceid(other);
        if (icaltime_is_null_time(original) || strcmp(uid, icalcomponent_get_uid(other)) != 0) {
            continue;
        }
        if (icaltime_compare(original, start) == 0) {
            return 1;
        }
    }
    return 0;
}

static void print_date(icalcomponent *event, struct icaltime_span *span, void *data)
{
    struct series *series = data;
    icaltimetype first = icalcomponent_get_dtstart(event);
    const icaltimezone *zone = first.is_date ? utc : icaltime_get_timezone(first);
    icaltimetype start = icaltime_from_timet_with_zone(span->start, first.is_date, zone);
    icaltimetype end = icaltime_from_timet_with_zone(span->end, first.is_date, zone);
    start = icaltime_set_timezone(&start, first.is_date ? NULL : zone);
    end = icaltime_set_timezone(&end, first.is_date ? NULL : zone);
    if (!is_overridden(series, start)) {
        print_event(event, start, end);
    }
}

static void tell(const char *text, long long first, long long last)
{
    icalcomponent *calendar = icalparser_parse_string(text);
    icaltimetype begin = icaltime_from_timet_with_zone((time_t)first, 0, utc);
    icaltimetype end = icaltime_from_timet_with_zone((time_t)last, 0, utc);
    icalcompiter at;
    if (calendar == NULL || icalcomponent_count_errors(calendar) > 0) {
        printf("!\tlibical finds errors\n.\n");
        return;
    }
    at = icalcomponent_begin_component(calendar, ICAL_VEVENT_COMPONENT);
    for (icalcomponent *event = icalcompiter_deref(&at); event; event = icalcompiter_next(&at)) {
        struct series series = {calendar, event};
        if (icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != NULL) {
            print_event(event, icalcomponent_get_dtstart(event), icalcomponent_get_dtend(event));
        } else {
            icalcomponent_foreach_recurrence(event, begin, end, print_date, &series);
        }
    }
    printf(".\n");
    icalcomponent_free(calendar);
}

int main(void)
{
    unsigned long octets;
    long long first, last;
    utc = icaltimezone_get_utc_timezone();
    icaltimezone_set_builtin_tzdata(0);
    while (scanf("%lu %lld %lld", &octets, &first, &last) == 3) {
        char *text = malloc(octets + 1);
        getchar();
        if (text == NULL || fread(text, 1, octets, stdin) != octets) {
            return 1;
        }
        text[octets] = '\0';
        tell(text, first, last);
        free(text);
    }
    return 0;
}
