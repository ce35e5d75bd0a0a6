package io.portico.gateway.vtl;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.compute.ComputeTime;
import java.util.Map;

/** Renders a template with a generous budget. */
final class Rendering {
  private static final int OUTPUT = 100_000;

  private Rendering() {}

  static String render(String template) {
    return render(template, Map.of());
  }

  static String render(String template, Map<String, ?> roots) {
    return VtlTemplate.parse(template).render(roots, budget());
  }

  static Budget budget() {
    return budget(1_000);
  }

  static Budget budget(long iterations) {
    return new Budget(
        new ComputeTime(System.nanoTime() + 20_000_000_000L, Carrier.UNSHARED), OUTPUT, iterations);
  }
}
