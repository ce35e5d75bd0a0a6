package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;

/**
 * The days that a call asks the usage of, both included: AWS's example has three days from the
 * first to the third of August; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-usage-plans-with-console.html.
 */
record UsageDates(LocalDate start, LocalDate end) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

  // AWS: its documentation's examples are the first and last day of 2016, a leap year; that more is
  // refused is assumed.
  private static final int MOST_DAYS = 366;

  /**
   * As asked.
   *
   * @param today by UTC
   */
  static UsageDates of(Input input, LocalDate today) {
    LocalDate start = date(input, "startDate", "start");
    LocalDate end = date(input, "endDate", "end");
    if (start.isAfter(today)) {
      // AWS: reported by users, https://mashpote.net/2019/09/08/. That an end in the future is none
      // is from there, too: the last day of a month that has just begun.
      throw ServiceException.badRequest("Usage start date cannot be in the future");
    }
    // AWS: the other texts are assumed.
    if (end.isBefore(start)) {
      throw ServiceException.badRequest("Usage end date cannot be before the start date");
    }
    if (start.plusDays(MOST_DAYS).compareTo(end) <= 0) {
      throw ServiceException.badRequest(
          "Usage dates cannot be more than %d days apart".formatted(MOST_DAYS));
    }
    return new UsageDates(start, end);
  }

  private static LocalDate date(Input input, String member, String which) {
    String text = input.string(member);
    try {
      return LocalDate.parse(text, DATE);
    } catch (DateTimeParseException e) {
      throw ServiceException.badRequest(
          "Invalid usage %s date specified. Must be of the form YYYY-MM-DD".formatted(which));
    }
  }
}
