package io.portico.gateway.control.quota;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CallLimits.Bound;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quotas as they are set, and whether a call keeps within them.
 *
 * <p>A quota that only warns says so once in a while for each owner, and counts nothing in between:
 * who goes beyond by thousands pays for it once.
 */
public final class Quotas {
  private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
  private static final int MOST_OWNERS = 10_000;

  /** What is warned of is kept, and is named by callers, at any length. */
  private static final int LONGEST_OWNER = 200;

  private final Map<Quota, QuotaSetting> settings;
  private final InstantSource clock;
  private final Consumer<String> warnings;

  /** When an owner was last warned, in milliseconds since 1970. */
  private final Map<Warned, Long> warned = new ConcurrentHashMap<>();

  private record Warned(Quota quota, String owner) {}

  private Quotas(
      Map<Quota, QuotaSetting> settings, InstantSource clock, Consumer<String> warnings) {
    this.settings = settings;
    this.clock = clock;
    this.warnings = warnings;
  }

  /**
   * @param modes what happens beyond the quotas of a kind
   * @param others quotas that are set otherwise
   * @param clock for warnings, which go to the log
   */
  public static Quotas of(QuotaModes modes, Map<Quota, QuotaSetting> others, InstantSource clock) {
    return of(modes, others, clock, LOG::warn);
  }

  /**
   * The same with another place for warnings.
   *
   * @param warnings is told of what AWS would refuse
   */
  public static Quotas of(
      QuotaModes modes,
      Map<Quota, QuotaSetting> others,
      InstantSource clock,
      Consumer<String> warnings) {
    Map<Quota, QuotaSetting> settings = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      settings.put(quota, new QuotaSetting(quota.standard(), modes.of(quota.kind())));
    }
    settings.putAll(others);
    return new Quotas(settings, clock, warnings);
  }

  /** AWS's numbers: those that count warn, those that bound a value are enforced, rates are off. */
  public static Quotas standard(InstantSource clock) {
    return of(QuotaModes.STANDARD, Map.of(), clock);
  }

  /** How a quota is set. */
  public QuotaSetting setting(Quota quota) {
    QuotaSetting setting = settings.get(quota);
    if (setting == null) {
      throw new IllegalStateException(quota + " is not set");
    }
    return setting;
  }

  /** What bounds calls, as it is set. */
  public CallLimits callLimits() {
    return new CallLimits(
        bound(Quota.PAYLOAD_SIZE),
        bound(Quota.FOREACH_ITERATIONS),
        bound(Quota.HEADER_SIZE),
        bound(Quota.URL_LENGTH),
        bound(Quota.EDGE_URL_LENGTH),
        bound(Quota.WEBSOCKET_URL_LENGTH),
        bound(Quota.AUTHORIZER_RESULT_SIZE));
  }

  private Bound bound(Quota quota) {
    QuotaSetting setting = setting(quota);
    return switch (setting.mode()) {
      case ENFORCE -> Bound.refusing(setting.limit());
      case WARN -> Bound.telling(setting.limit());
      case OFF -> Bound.NONE;
    };
  }

  /**
   * Tells, once in a while, of what is beyond a quota that only warns.
   *
   * @param owner whose it is, in words
   */
  public void tell(Quota quota, String owner, long found) {
    warn(new Warned(quota, owner), found, setting(quota).limit());
  }

  /** The same, where no more is known than that it is more than {@code least}. */
  public void tellBeyond(Quota quota, String owner, long least) {
    warn(
        new Warned(quota, owner),
        "more than %d, the quota is %d".formatted(least, setting(quota).limit()));
  }

  /** The same of a rate. */
  void tell(Quota rate, String owner) {
    warn(new Warned(rate, owner), "more than %d %s".formatted(setting(rate).limit(), rate.unit()));
  }

  /**
   * Whether there may be so many, where it takes time to know how many there are.
   *
   * @param owner whose they are, in words: {@code API a1b2c3}
   * @param count asked only where the answer matters
   * @throws ServiceException {@code LimitExceededException} if there are too many
   */
  public void check(Quota quota, String owner, LongSupplier count) {
    QuotaMode mode = setting(quota).mode();
    if (mode == QuotaMode.ENFORCE
        || (mode == QuotaMode.WARN && isTimeToWarn(new Warned(quota, owner)))) {
      Optional<String> _ = check(quota, owner, count.getAsLong());
    }
  }

  /**
   * Whether there may be so many.
   *
   * @param owner whose they are, in words: {@code API a1b2c3}
   * @return what AWS would say, where that is no more than a warning
   * @throws ServiceException {@code LimitExceededException} if there are too many
   */
  public Optional<String> check(Quota quota, String owner, long count) {
    QuotaSetting setting = setting(quota);
    if (count <= setting.limit() || setting.mode() == QuotaMode.OFF) {
      return Optional.empty();
    }
    if (setting.mode() == QuotaMode.ENFORCE) {
      // AWS: with the status of too many requests; source: as the text's.
      throw new ServiceException("LimitExceededException", 429, quota.refusal());
    }
    warn(new Warned(quota, owner), count, setting.limit());
    return Optional.of(quota.refusal());
  }

  private boolean isTimeToWarn(Warned key) {
    Long last = warned.get(key);
    return last == null || clock.millis() - last >= BETWEEN_WARNINGS.toMillis();
  }

  private void warn(Warned key, long found, long limit) {
    warn(key, "%d, the quota is %d".formatted(found, limit));
  }

  private void warn(Warned key, String what) {
    if (!isTimeToWarn(key)) {
      return;
    }
    if (warned.size() >= MOST_OWNERS) {
      warned.clear();
    }
    warned.put(key, clock.millis());
    warnings.accept(
        "AWS would refuse this: %s: %s: %s (quotas.of: %s=enforce refuses it here, too; %s=off says"
                .formatted(key.owner, key.quota.words(), what, key.quota.key(), key.quota.key())
            + " nothing)");
  }

  /**
   * Whether a value may be as large.
   *
   * @param what it is of, in words: {@code Stage variable "a"}
   * @return what AWS would say, where that is no more than a warning
   * @throws ServiceException {@code BadRequestException} if it is too large
   */
  // AWS: the text is assumed.
  public Optional<String> value(Quota quota, String what, long value) {
    return value(
        quota,
        what,
        value,
        limit -> "%s exceeds the limit of %d %s".formatted(what, limit, quota.unit()));
  }

  /**
   * The same, where AWS has other words for it.
   *
   * @param refusal what AWS says, by the limit
   */
  public Optional<String> value(
      Quota quota, String what, long value, LongFunction<String> refusal) {
    QuotaSetting setting = setting(quota);
    if (value <= setting.limit() || setting.mode() == QuotaMode.OFF) {
      return Optional.empty();
    }
    String text = refusal.apply(setting.limit());
    if (setting.mode() == QuotaMode.ENFORCE) {
      throw ServiceException.badRequest(text);
    }
    String owner = what.length() > LONGEST_OWNER ? what.substring(0, LONGEST_OWNER) : what;
    warn(new Warned(quota, owner), value, setting.limit());
    return Optional.of(text);
  }
}
