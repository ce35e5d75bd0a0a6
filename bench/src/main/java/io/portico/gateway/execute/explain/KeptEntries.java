package io.portico.gateway.execute.explain;

/** How much is kept of what can be explained. */
public final class KeptEntries {
  private KeptEntries() {}

  /** How many requests a ring has. */
  public static int count(ExplainRing ring) {
    return ring.after(0).size();
  }
}
