package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.explain.ExplainEntry.Called;
import io.portico.gateway.execute.explain.ExplainEntry.Place;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How places and limits are spoken of. */
final class Words {
  /** What to do where a role is not assumed. */
  static final String TO_ASSUME_A_ROLE =
      "Let the role's trust policy allow sts:AssumeRole to whose credentials Portico has; see that"
          + " STS answers where it is configured (`AWS_ENDPOINT_URL_STS`, aws.endpoints,"
          + " aws.endpoint).";

  private Words() {}

  static String code(String text) {
    return "`" + text + "`";
  }

  static String codes(List<String> texts) {
    return texts.stream().map(Words::code).collect(Collectors.joining(", "));
  }

  /** Such as: stage `prod` of `abc1234567`. */
  static String stage(Place place) {
    return "stage " + code(place.stageName()) + " of " + code(place.apiId());
  }

  /** Such as: `GET /pets` of stage `prod` of `abc1234567`. */
  static String route(ExplainEntry entry) {
    Called called = entry.called();
    return called == null
        ? stage(entry.place())
        : code(called.name()) + " of " + stage(entry.place());
  }

  /** Such as: authorizer `a1b2c3` of `GET /pets` …. */
  static String authorizer(ExplainEntry entry) {
    Called called = entry.called();
    return called == null || called.authorizerId() == null
        ? "the authorizer of " + route(entry)
        : "authorizer " + code(called.authorizerId()) + " of " + route(entry);
  }

  /** Such as: 10 requests a second and 5 at once. */
  static String limit(@Nullable ThrottleLimit limit) {
    if (limit == null) {
      return "no limit";
    }
    if (limit.isNothing()) {
      return "no request at all";
    }
    double rate = limit.rate();
    String text =
        rate == Math.rint(rate) || rate >= 100
            ? Long.toString(Math.round(rate))
            : String.format(Locale.ROOT, "%.3g", rate);
    return text + " requests a second and " + limit.burst() + " at once";
  }
}
