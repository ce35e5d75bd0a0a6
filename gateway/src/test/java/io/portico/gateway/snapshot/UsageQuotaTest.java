package io.portico.gateway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.snapshot.UsageQuota.Period;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class UsageQuotaTest {

  @Test
  void aDayIsAPeriodOfItsOwn() {
    assertThat(start(Period.DAY, 0, "2026-11-29")).isEqualTo("2026-11-29");
  }

  @Test
  void aWeekStartsOnSundayAndByItsOffsetLater() {
    // A Sunday.
    assertThat(start(Period.WEEK, 0, "2026-11-29")).isEqualTo("2026-11-29");
    assertThat(start(Period.WEEK, 0, "2026-12-05")).isEqualTo("2026-11-29");
    assertThat(start(Period.WEEK, 1, "2026-11-29")).isEqualTo("2026-11-23");
    assertThat(start(Period.WEEK, 6, "2026-11-29")).isEqualTo("2026-11-28");
  }

  @Test
  void everyOffsetOfAWeekIsADayOfTheWeek() {
    for (int offset = 0; offset <= 6; offset++) {
      DayOfWeek first = offset == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(offset);
      LocalDate day = LocalDate.of(1969, 12, 1);
      for (int i = 0; i < 100; i++) {
        LocalDate start = LocalDate.parse(start(Period.WEEK, offset, day.plusDays(i).toString()));
        assertThat(start.getDayOfWeek()).isEqualTo(first);
        assertThat(start).isBetween(day.plusDays(i - 6), day.plusDays(i));
      }
    }
  }

  @Test
  void aMonthStartsOnTheFirstAndByItsOffsetLater() {
    assertThat(start(Period.MONTH, 0, "2026-11-29")).isEqualTo("2026-11-01");
    assertThat(start(Period.MONTH, 0, "2026-12-01")).isEqualTo("2026-12-01");
    assertThat(start(Period.MONTH, 14, "2026-11-14")).isEqualTo("2026-10-15");
    assertThat(start(Period.MONTH, 14, "2026-11-15")).isEqualTo("2026-11-15");
    assertThat(start(Period.MONTH, 27, "2026-02-28")).isEqualTo("2026-02-28");
    assertThat(start(Period.MONTH, 27, "2026-03-01")).isEqualTo("2026-02-28");
    assertThat(start(Period.MONTH, 27, "2026-01-05")).isEqualTo("2025-12-28");
  }

  private static String start(Period period, int offset, String day) {
    return LocalDate.ofEpochDay(
            new UsageQuota(1, offset, period).start(LocalDate.parse(day).toEpochDay()))
        .toString();
  }
}
