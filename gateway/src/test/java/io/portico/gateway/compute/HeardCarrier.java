package io.portico.gateway.compute;

/** A carrier that counts what it is told; the thread stays where it is. */
public final class HeardCarrier implements Carrier {
  private int computing;
  private int forLong;

  @Override
  public void computing() {
    computing++;
  }

  @Override
  public void computingForLong() {
    forLong++;
  }

  /** How often a computation has said that it goes on. */
  public int timesComputing() {
    return computing;
  }

  /** How often a computation was announced as long. */
  public int timesForLong() {
    return forLong;
  }
}
