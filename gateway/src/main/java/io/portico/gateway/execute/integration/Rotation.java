package io.portico.gateway.execute.integration;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Whose turn it is among the targets of a group that take requests. */
final class Rotation {
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Origin> inService;

  /**
   * @param inService at least one
   */
  Rotation(List<Origin> inService) {
    this.inService = inService;
  }

  /** Others take requests from now on; at least one. */
  void take(List<Origin> others) {
    inService = others;
  }

  /** Each of them once, the one first whose turn it is. */
  List<Origin> next() {
    List<Origin> targets = inService;
    int first = Math.floorMod(turn.getAndIncrement(), targets.size());
    if (first == 0) {
      return targets;
    }
    List<Origin> next = new ArrayList<>(targets.size());
    next.addAll(targets.subList(first, targets.size()));
    next.addAll(targets.subList(0, first));
    return next;
  }
}
