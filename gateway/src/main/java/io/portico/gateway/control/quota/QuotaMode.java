package io.portico.gateway.control.quota;

/** What happens to a call that would exceed a quota. */
public enum QuotaMode {
  /** It is refused, as AWS refuses it. */
  ENFORCE,
  /** It is carried out, and the log says that AWS would have refused it. */
  WARN,
  /** It is carried out. */
  OFF
}
