package dev.skerry.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cron expression as <a href="https://developers.cloudflare.com/workers/configuration/cron-triggers/">Cloudflare's triggers</a> have it: minute, hour, day
 * of the month, month, day of the week, in UTC. Immutable.
 *
 * <p>Each field is {@code *}, or a list of {@code 5}, {@code 5-10}, {@code 5-10/2}, {@code 5/2} and {@code *}{@code /2}; a range may go round, as in
 * {@code fri-mon}. Months and weekdays have names of three letters, in any case; weekdays count from 1 for Sunday. The day of the month may be {@code L}
 * (the last), {@code L-3} (the third before the last), {@code 15W} (the working day nearest to the 15th in its month), {@code LW} or {@code L-3W}; the weekday
 * {@code 6L} (the last Friday of the month), {@code 6#2} (the second one) or {@code L} (Saturday). Where both days are said, either will do.
 */
public final class Cron {
    private static final int WEEK = 7;

    private enum Field {
        MINUTE("a minute", 0, 59, ""),
        HOUR("an hour", 0, 23, ""),
        DAY("a day of the month", 1, 31, ""),
        MONTH("a month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"),
        WEEKDAY("a weekday", 1, WEEK, "SUNMONTUEWEDTHUFRISAT");

        final String what;
        final int min;
        final int max;
        final String names;

        Field(String what, int min, int max, String names) {
            this.what = what;
            this.min = min;
            this.max = max;
            this.names = names;
        }

        int value(String text) {
            if (text.matches("\\d{1,3}")) {
                int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } else if (text.length() == 3 && names.indexOf(text) >= 0 && names.indexOf(text) % 3 == 0) {
                return names.indexOf(text) / 3 + min;
            }
            throw new IllegalArgumentException("'" + text + "' is not " + what + " from " + min + " to " + max
                    + (names.isEmpty() ? "" : ", nor a name of three letters"));
        }

        int step(String text) {
            int most = max - min;
            if (text.matches("\\d{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= most) {
                return Integer.parseInt(text);
            }
            throw new IllegalArgumentException(
                    "'/" + text + "' is not a step of " + what + "; there are: /1 to /" + most);
        }
    }

    private static final Pattern LAST_DAY = Pattern.compile("L(?:-(\\d{1,2}))?(W?)");
    private static final Pattern WORKING_DAY = Pattern.compile("(\\d{1,2})W");
    private static final Pattern LAST_WEEKDAY = Pattern.compile("(\\w+)L");
    private static final Pattern NTH_WEEKDAY = Pattern.compile("(\\w+)#([1-5])");

    // In these years each date has stood on each weekday, and leap days too.
    private static final LocalDate CYCLE = LocalDate.of(2000, 1, 1);
    private static final int CYCLE_YEARS = 28;

    private final String text;
    private final long minutes;
    private final long hours;
    private final Predicate<LocalDate> days;

    private Cron(String text, long minutes, long hours, Predicate<LocalDate> days) {
        this.text = text;
        this.minutes = minutes;
        this.hours = hours;
        this.days = days;
    }

    /** @throws IllegalArgumentException when it is none, or matches no minute at all; the message says why */
    public static Cron parse(String expression) {
        String text = expression.strip().replaceAll("\\s+", " ");
        String[] fields = text.toUpperCase(Locale.ROOT).split(" ");
        try {
            if (fields.length != Field.values().length) {
                throw new IllegalArgumentException(
                        "write five fields: minute, hour, day of the month, month, weekday; such as */5 * * * *");
            }
            Cron cron = new Cron(
                    text,
                    values(Field.MINUTE, fields[0]),
                    values(Field.HOUR, fields[1]),
                    days(fields[2], fields[3], fields[4]));
            if (CYCLE.datesUntil(CYCLE.plusYears(CYCLE_YEARS)).noneMatch(cron.days)) {
                throw new IllegalArgumentException("no year has such a day");
            }
            return cron;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a schedule: " + e.getMessage(), e);
        }
    }

    /** Whether the minute that the moment is in is one of this schedule's. */
    public boolean matches(Instant moment) {
        ZonedDateTime time = moment.atZone(ZoneOffset.UTC);
        return has(minutes, time.getMinute()) && has(hours, time.getHour()) && days.test(time.toLocalDate());
    }

    /** As it was written, with one space between the fields. */
    @Override
    public String toString() {
        return text;
    }

    private static boolean has(long values, int value) {
        return (values >> value & 1) != 0;
    }

    private static Predicate<LocalDate> days(String day, String month, String weekday) {
        long months = values(Field.MONTH, month);
        Predicate<LocalDate> byDay = dayOfMonth(day);
        Predicate<LocalDate> byWeekday = dayOfWeek(weekday);
        Predicate<LocalDate> either = day.equals("*") ? byWeekday : weekday.equals("*") ? byDay : byDay.or(byWeekday);
        return date -> has(months, date.getMonthValue()) && either.test(date);
    }

    private static Predicate<LocalDate> dayOfMonth(String field) {
        Matcher last = LAST_DAY.matcher(field);
        if (last.matches()) {
            int before = last.group(1) == null ? 0 : Field.DAY.step(last.group(1));
            boolean working = !last.group(2).isEmpty();
            return date -> isDay(date, date.lengthOfMonth() - before, working);
        }
        Matcher nearest = WORKING_DAY.matcher(field);
        if (nearest.matches()) {
            int wanted = Field.DAY.value(nearest.group(1));
            return date -> isDay(date, wanted, true);
        }
        long values = values(Field.DAY, field);
        return date -> has(values, date.getDayOfMonth());
    }

    /** @param working whether it is moved to the nearest working day, within the month */
    private static boolean isDay(LocalDate date, int day, boolean working) {
        if (day < 1 || day > date.lengthOfMonth()) {
            return false;
        }
        LocalDate wanted = date.withDayOfMonth(day);
        if (working && wanted.getDayOfWeek() == DayOfWeek.SATURDAY) {
            wanted = day == 1 ? wanted.plusDays(2) : wanted.minusDays(1);
        } else if (working && wanted.getDayOfWeek() == DayOfWeek.SUNDAY) {
            wanted = wanted.equals(YearMonth.from(date).atEndOfMonth()) ? wanted.minusDays(2) : wanted.plusDays(1);
        }
        return date.equals(wanted);
    }

    private static Predicate<LocalDate> dayOfWeek(String field) {
        if (field.equals("L")) {
            return date -> date.getDayOfWeek() == DayOfWeek.SATURDAY;
        }
        Matcher last = LAST_WEEKDAY.matcher(field);
        if (last.matches()) {
            DayOfWeek weekday = weekday(Field.WEEKDAY.value(last.group(1)));
            return date -> date.equals(date.with(TemporalAdjusters.lastInMonth(weekday)));
        }
        Matcher nth = NTH_WEEKDAY.matcher(field);
        if (nth.matches()) {
            DayOfWeek weekday = weekday(Field.WEEKDAY.value(nth.group(1)));
            int ordinal = Integer.parseInt(nth.group(2));
            return date -> date.getDayOfWeek() == weekday && (date.getDayOfMonth() - 1) / WEEK + 1 == ordinal;
        }
        long values = values(Field.WEEKDAY, field);
        return date -> has(values, date.getDayOfWeek().getValue() % WEEK + 1);
    }

    private static DayOfWeek weekday(int fromSunday) {
        return DayOfWeek.SATURDAY.plus(fromSunday);
    }

    /** A field's list as one bit for each value. */
    private static long values(Field field, String list) {
        long values = 0;
        for (String item : list.split(",", -1)) {
            values |= item.equals("*") && !list.equals("*") ? wholeInList(list) : range(field, item);
        }
        return values;
    }

    private static long wholeInList(String list) {
        throw new IllegalArgumentException("'*' stands alone, not in the list '" + list + "'");
    }

    private static long range(Field field, String item) {
        int slash = item.indexOf('/');
        int step = slash < 0 ? 1 : field.step(item.substring(slash + 1));
        String range = slash < 0 ? item : item.substring(0, slash);
        int dash = range.indexOf('-');
        int first = range.equals("*") ? field.min : field.value(dash < 0 ? range : range.substring(0, dash));
        int last = dash >= 0
                ? field.value(range.substring(dash + 1))
                : slash >= 0 || range.equals("*") ? field.max : first;
        int round = last < first ? field.max - field.min + 1 : 0;
        long values = 0;
        for (int value = first; value <= last + round; value += step) {
            values |= 1L << (value > field.max ? value - round : value);
        }
        return values;
    }
}
