package io.portico.gateway.control.quota;

/**
 * What happens beyond quotas, by their kind.
 *
 * @param counts beyond those that count things
 * @param values beyond those that bound a value
 * @param rates beyond those of how often something is asked for
 */
public record QuotaModes(QuotaMode counts, QuotaMode values, QuotaMode rates) {
  /** What holds where nobody says anything else. */
  public static final QuotaModes STANDARD =
      new QuotaModes(QuotaMode.WARN, QuotaMode.ENFORCE, QuotaMode.OFF);

  /** The mode of quotas of a kind. */
  public QuotaMode of(Quota.Kind kind) {
    return switch (kind) {
      case COUNT -> counts;
      case VALUE -> values;
      case RATE -> rates;
    };
  }
}
