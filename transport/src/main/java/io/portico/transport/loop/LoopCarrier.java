package io.portico.transport.loop;

import io.portico.gateway.compute.Carrier;

/** Moves requests' threads from their loops to the compute pool; any other thread stays. */
public final class LoopCarrier implements Carrier {
  @Override
  public void computing() {
    RequestWork work = RequestWork.current();
    if (work != null) {
      work.computing();
    }
  }

  @Override
  public void computingForLong() {
    RequestWork work = RequestWork.current();
    if (work != null) {
      work.leave();
    }
  }
}
