package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.UsageDayRecord;
import io.portico.gateway.snapshot.UsageQuota;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * The daily log of what a key has used, and had left, as AWS replies it: a pair for each day.
 *
 * <p>AWS: what is left goes down from day to day until the period ends; source: reported, a body
 * from AWS in https://github.com/floci-io/floci/pull/3561. A day without a request is a pair like
 * any other; source: documented, the example of
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-usage-plans-with-console.html.
 */
final class UsageLog {
  // AWS: assumed: a pair has two numbers, and this is the greatest limit that a quota can have.
  /** What is left where there is no quota. */
  private static final long UNLIMITED = Integer.MAX_VALUE;

  private final @Nullable UsageQuota quota;
  private final Map<Long, UsageDayRecord> days = new HashMap<>();
  private final long today;

  /**
   * @param quota the plan's now, or null
   * @param days that are known, from {@link #firstDay} on
   */
  UsageLog(@Nullable UsageQuota quota, List<UsageDayRecord> days, LocalDate today) {
    this.quota = quota;
    this.today = today.toEpochDay();
    days.forEach(day -> this.days.put(day.day(), day));
  }

  /** The first day whose usage bears on what was left on a day. */
  static long firstDay(@Nullable UsageQuota quota, LocalDate day) {
    return quota == null ? day.toEpochDay() : quota.start(day.toEpochDay());
  }

  /** A pair for each day, used and left; none for a day that has not come. */
  ArrayNode pairs(UsageDates dates) {
    ArrayNode pairs = Json.array();
    long last = Math.min(dates.end().toEpochDay(), today);
    for (long day = dates.start().toEpochDay(); day <= last; day++) {
      UsageDayRecord known = days.get(day);
      pairs.addArray().add(known == null ? 0 : known.used()).add(remaining(day, known));
    }
    return pairs;
  }

  /** As it was at a past day's end; else by today's quota. */
  private long remaining(long day, @Nullable UsageDayRecord known) {
    if (known != null && known.remaining() != null && (day < today || quota == null)) {
      return known.remaining();
    }
    if (quota == null) {
      return UNLIMITED;
    }
    long left = quota.limit();
    for (long each = quota.start(day); each <= day; each++) {
      UsageDayRecord used = days.get(each);
      left += used == null ? 0 : used.granted() - used.used();
    }
    return Math.max(left, 0);
  }
}
