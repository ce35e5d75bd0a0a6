package io.portico.gateway.control.quota;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often accounts ask for operations: a token bucket for each rate, account and region, which is
 * runtime state and gone with the process.
 *
 * <p>A bucket is the time at which it is full again (GCRA); a full one is as good as none. Beyond
 * {@link #MOST} of them, the one that nothing was taken from for the longest time is forgotten, and
 * so full again: whoever calls for any number of accounts takes no more memory than that.
 */
public final class Rates {
  /** Some megabytes, and more accounts than one process serves. */
  static final int MOST = 20_000;

  /** How many buckets are added before the full ones are dropped. */
  private static final int ADDED = 10_000;

  private final Quotas quotas;
  private final LongSupplier nanoTime;
  private final Buckets fullAt = new Buckets();
  private int added;

  private record Bucket(Quota rate, String scope) {}

  /** The one that was written last comes last. */
  private static final class Buckets extends LinkedHashMap<Bucket, Long> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Bucket, Long> eldest) {
      return size() > MOST;
    }
  }

  /**
   * @param nanoTime a clock that never goes back
   */
  public Rates(Quotas quotas, LongSupplier nanoTime) {
    this.quotas = quotas;
    this.nanoTime = nanoTime;
  }

  /** Whether a rate is of any consequence. */
  public boolean matter(Quota rate) {
    return quotas.setting(rate).mode() != QuotaMode.OFF;
  }

  /**
   * Operations for clients, each within its own rate and that of all together.
   *
   * @param own the rate of a call's operation, or null where it has none
   */
  public Operations limiting(Operations operations, Function<OperationCall, @Nullable Quota> own) {
    boolean matter =
        Stream.of(Quota.values())
            .anyMatch(quota -> quota.kind() == Quota.Kind.RATE && matter(quota));
    return matter
        ? operations.wrapped(
            handler ->
                call -> {
                  admit(of(own.apply(call)), call.caller().scope());
                  return handler.handle(call);
                })
        : operations;
  }

  // AWS: that a request which the operation's own rate refuses does not count for all is assumed.
  private static List<Quota> of(@Nullable Quota own) {
    return own == null ? List.of(Quota.TOTAL_RATE) : List.of(own, Quota.TOTAL_RATE);
  }

  /**
   * Takes a token for a request from the bucket of each rate, or from none.
   *
   * @param scope account and region
   * @throws ServiceException {@code TooManyRequestsException} if one of them is empty
   */
  // AWS: source: reported by users of AWS's clients, https://github.com/aws/aws-sdk-js/issues/1014.
  public void admit(List<Quota> rates, String scope) {
    List<Quota> exceeded = take(rates, scope);
    for (Quota rate : exceeded) {
      if (quotas.setting(rate).mode() == QuotaMode.ENFORCE) {
        throw new ServiceException("TooManyRequestsException", 429, "Too Many Requests");
      }
      quotas.tell(rate, scope);
    }
  }

  /** Which buckets are empty; where one of these refuses, nothing is taken from any. */
  private synchronized List<Quota> take(List<Quota> rates, String scope) {
    long now = nanoTime.getAsLong();
    List<Quota> exceeded = new ArrayList<>();
    Map<Bucket, Long> taken = new HashMap<>();
    for (Quota rate : rates) {
      QuotaSetting setting = quotas.setting(rate);
      if (setting.mode() == QuotaMode.OFF) {
        continue;
      }
      Bucket bucket = new Bucket(rate, scope);
      long full = fullAt.getOrDefault(bucket, now);
      long ahead = Math.max(full - now, 0);
      long interval = rate.period().toNanos() / Math.max(setting.limit(), 1);
      long most = Math.max(setting.limit(), rate.burst());
      if (setting.limit() == 0 || ahead > interval * (most - 1)) {
        exceeded.add(rate);
        if (setting.mode() == QuotaMode.ENFORCE) {
          return List.of(rate);
        }
      } else {
        taken.put(bucket, now + ahead + interval);
      }
    }
    taken.forEach(
        (bucket, full) -> {
          if (fullAt.putLast(bucket, full) == null) {
            added++;
          }
        });
    sweepInTime(now);
    return exceeded;
  }

  /** Drops the full ones now and then. */
  private void sweepInTime(long now) {
    if (added >= ADDED) {
      fullAt.values().removeIf(full -> full - now <= 0);
      added = 0;
    }
  }

  /** How many buckets there are. */
  synchronized int size() {
    return fullAt.size();
  }
}
