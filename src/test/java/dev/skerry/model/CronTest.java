package dev.skerry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final int SEED = 20261125;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            * * * * *            | 2026-11-25T13:07
            */30 * * * *         | 2026-11-25T13:30
            45 * * * *           | 2026-11-25T13:45
            0 17 * * sun         | 2026-11-29T17:00
            0 17 * * 1           | 2026-11-29T17:00
            10 7 * * mon-fri     | 2026-11-25T07:10
            10 7 * * 2-6         | 2026-11-27T07:10
            0 15 1 * *           | 2026-12-01T15:00
            0 0 * * FRI-MON      | 2026-11-29T00:00
            50-10 * * * *        | 2026-11-25T13:03
            50-10/5 * * * *      | 2026-11-25T13:05
            3/20 * * * *         | 2026-11-25T13:43
            0 0 1 jan,Jul *      | 2026-07-01T00:00
            0 0 13 * fri         | 2026-11-27T00:00
            0 0 13 * fri         | 2026-12-13T00:00
            59 23 L * *          | 2028-02-29T23:59
            0 0 L-3 * *          | 2026-11-27T00:00
            59 23 LW * *         | 2026-10-30T23:59
            0 0 LW * *           | 2027-01-29T00:00
            0 0 15W * *          | 2026-11-16T00:00
            0 0 14W * *          | 2026-11-13T00:00
            0 0 1W * *           | 2026-08-03T00:00
            0 0 31W * *          | 2027-01-29T00:00
            0 0 L-3W * *         | 2027-01-28T00:00
            0 18 * * 6L          | 2026-11-27T18:00
            0 18 * * friL        | 2026-11-27T18:00
            0 0 * * 2#1          | 2026-12-07T00:00
            0 0 * * mon#5        | 2026-11-30T00:00
            0 0 * * L            | 2026-11-28T00:00
            """)
    void aScheduleMatches(String cron, LocalDateTime time) {
        assertThat(Cron.parse(cron).matches(time.toInstant(ZoneOffset.UTC))).isTrue();
        assertThat(Cron.parse(cron).matches(time.plusSeconds(59).toInstant(ZoneOffset.UTC)))
                .as("every second of the minute")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            */30 * * * *         | 2026-11-25T13:31
            0 17 * * 1           | 2026-11-30T17:00
            0 0 * * FRI-MON      | 2026-11-25T00:00
            50-10/5 * * * *      | 2026-11-25T13:02
            3/20 * * * *         | 2026-11-25T13:00
            0 0 13 * fri         | 2026-11-12T00:00
            59 23 L * *          | 2028-02-28T23:59
            59 23 LW * *         | 2026-10-31T23:59
            0 0 15W * *          | 2026-11-15T00:00
            0 0 15W * *          | 2026-11-13T00:00
            0 0 31W * *          | 2026-11-30T00:00
            0 18 * * 6L          | 2026-11-20T18:00
            0 0 * * 2#1          | 2026-12-14T00:00
            0 0 * 2 *            | 2026-11-25T00:00
            """)
    void aScheduleDoesNotMatch(String cron, LocalDateTime time) {
        assertThat(Cron.parse(cron).matches(time.toInstant(ZoneOffset.UTC))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hourly               | 'hourly' is not a schedule: write five fields: minute, hour, day of the month, month, weekday; such as */5 * * * *
            * * * *              | five fields
            * * * * * *          | five fields
            60 * * * *           | '60 * * * *' is not a schedule: '60' is not a minute from 0 to 59
            * 24 * * *           | '24' is not an hour from 0 to 23
            * * 0 * *            | '0' is not a day of the month from 1 to 31
            * * * 13 *           | '13' is not a month from 1 to 12, nor a name of three letters
            * * * * 0            | '0' is not a weekday from 1 to 7, nor a name of three letters
            * * * * mond         | 'MOND' is not a weekday
            * * * * UNM          | 'UNM' is not a weekday
            */0 * * * *          | '/0' is not a step of a minute; there are: /1 to /59
            */60 * * * *         | '/60' is not a step of a minute
            1,*,2 * * * *        | '*' stands alone
            1,,2 * * * *         | '' is not a minute
            1-2-3 * * * *        | '2-3' is not a minute
            -1 * * * *           | '' is not a minute
            * * L-31 * *         | '/31' is not a step of a day of the month
            * * 32W * *          | '32' is not a day of the month
            * * * * 6#6          | '6#6' is not a weekday
            * * 31 11 *          | '* * 31 11 *' is not a schedule: no year has such a day
            """)
    void whatIsNoneIsToldWhy(String cron, String why) {
        assertThatThrownBy(() -> Cron.parse(cron))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@daily",
                "99999999999 * * * *",
                "١ * * * *",
                "* * * * fri#",
                "* * LWL * *",
                "*/ * * * *",
                "/ * * * *"
            })
    void nonsenseIsRefused(String text) {
        assertThatThrownBy(() -> Cron.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsSpelledWithOneSpaceBetweenTheFields() {
        assertThat(Cron.parse("  0   12 * *\tMon ")).hasToString("0 12 * * Mon");
    }

    /** Lists, ranges and steps made at random match exactly the minutes that a plain count of their values says. */
    @Test
    void anyExpressionMatchesTheValuesThatItLists() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            List<Set<Integer>> expected = new ArrayList<>();
            String text = Stream.of(
                            new int[] {0, 59}, new int[] {0, 23}, new int[] {1, 31}, new int[] {1, 12}, new int[] {1, 7
                            })
                    .map(range -> field(random, range[0], range[1], expected))
                    .collect(Collectors.joining(" "));
            Cron cron;
            try {
                cron = Cron.parse(text);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("no year has such a day");
                continue;
            }
            for (int j = 0; j < 200; j++) {
                LocalDateTime time = LocalDateTime.of(2020, 1, 1, 0, 0).plusMinutes(random.nextInt(10 * 366 * 24 * 60));
                assertThat(cron.matches(time.toInstant(ZoneOffset.UTC)))
                        .as("%s at %s", text, time)
                        .isEqualTo(matches(text, expected, time));
            }
        }
    }

    private static boolean matches(String text, List<Set<Integer>> values, LocalDateTime time) {
        String[] fields = text.split(" ");
        boolean day = values.get(2).contains(time.getDayOfMonth());
        boolean weekday = values.get(4).contains(time.getDayOfWeek().getValue() % 7 + 1);
        return values.get(0).contains(time.getMinute())
                && values.get(1).contains(time.getHour())
                && values.get(3).contains(time.getMonthValue())
                && (fields[2].equals("*") || fields[4].equals("*") ? day && weekday : day || weekday);
    }

    private static String field(Random random, int min, int max, List<Set<Integer>> expected) {
        Set<Integer> values = new TreeSet<>();
        expected.add(values);
        if (random.nextInt(3) == 0) {
            add(values, min, max, min, max, 1);
            return "*";
        }
        return Stream.generate(() -> item(random, min, max, values))
                .limit(1 + random.nextInt(3))
                .collect(Collectors.joining(","));
    }

    private static String item(Random random, int min, int max, Set<Integer> values) {
        int first = min + random.nextInt(max - min + 1);
        int last = min + random.nextInt(max - min + 1);
        int step = 1 + random.nextInt(max - min);
        switch (random.nextInt(5)) {
            case 0 -> {
                add(values, min, max, first, last, 1);
                return first + "-" + last;
            }
            case 1 -> {
                add(values, min, max, first, last, step);
                return first + "-" + last + "/" + step;
            }
            case 2 -> {
                add(values, min, max, first, max, step);
                return first + "/" + step;
            }
            case 3 -> {
                add(values, min, max, min, max, step);
                return "*/" + step;
            }
            default -> {
                values.add(first);
                return "" + first;
            }
        }
    }

    /** Counts as a clock does: after the greatest value comes the least. */
    private static void add(Set<Integer> values, int min, int max, int first, int last, int step) {
        int value = first;
        for (int i = 0; ; i++) {
            if (i % step == 0) {
                values.add(value);
            }
            if (value == last) {
                return;
            }
            value = value == max ? min : value + 1;
        }
    }

    /** Each month has one last working day, one nearest to its 15th, and one last Friday. */
    @Test
    void eachMonthHasOneOfTheDaysThatAreCountedFromItsEnds() {
        for (String days : List.of(
                "0 0 L * *",
                "0 0 L-5 * *",
                "0 0 LW * *",
                "0 0 L-2W * *",
                "0 0 1W * *",
                "0 0 15W * *",
                "0 0 * * 6L",
                "0 0 * * mon#1")) {
            Cron cron = Cron.parse(days);
            for (LocalDate month = LocalDate.of(2020, 1, 1); month.getYear() < 2040; month = month.plusMonths(1)) {
                assertThat(month.datesUntil(month.plusMonths(1))
                                .map(date -> date.atStartOfDay().toInstant(ZoneOffset.UTC))
                                .filter(cron::matches))
                        .as("%s in %s", days, month)
                        .hasSize(1);
            }
        }
        assertThat(Cron.parse("* * * * *").matches(Instant.EPOCH)).isTrue();
    }
}
