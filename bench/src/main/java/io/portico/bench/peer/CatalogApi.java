package io.portico.bench.peer;

import io.portico.bench.load.Catalog;
import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The {@link Catalog} with what its users have on: a key that each method requires, a usage plan
 * that throttles each key, metrics of each method, and an access log in JSON.
 */
public final class CatalogApi implements Api {
  private static final String FOLDER = "features/";
  private static final int CALLS_AT_ONCE = 8;
  private static final int STEP = 2000;

  /**
   * The places of nginx's file: a location for each route, and all keys with their client's name.
   */
  public static Map<String, String> nginxPlaces(Workplace workplace) {
    List<String> lines = new ArrayList<>();
    List<String> keys = Catalog.keys();
    for (int client = 0; client < keys.size(); client++) {
      lines.add(keys.get(client) + " " + name(client) + ";");
    }
    return Map.of(
        "locations", perKind(workplace, "nginx-kind.conf", "\n"),
        "keys", String.join("\n    ", lines));
  }

  @Override
  public boolean logged() {
    return true;
  }

  @Override
  public String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort)
      throws IOException {
    String kinds = perKind(workplace, "portico-kind.json", ",\n");
    Path definition =
        workplace.configure(
            FOLDER + "portico.json",
            Map.of("kinds", kinds.replace("${backend}", "127.0.0.1:" + backendPort)));
    String api = controlPlane.importRestApi(definition, ImportedApi.Endpoint.REGIONAL);
    controlPlane.createDeployment(api, STAGE);
    controlPlane.call(
        "PATCH",
        "/restapis/" + api + "/stages/" + STAGE,
        workplace.text(FOLDER + "portico-stage.json"));
    String plan =
        controlPlane.createUsagePlan(
            workplace.text(FOLDER + "portico-plan.json").replace("${api}", api));
    admit(controlPlane, plan);
    return api;
  }

  /** The text of a file for each kind of things. */
  private static String perKind(Workplace workplace, String file, String between) {
    String text = workplace.text(FOLDER + file).stripTrailing();
    return Catalog.KINDS.stream()
        .map(kind -> text.replace("${kind}", kind))
        .collect(Collectors.joining(between));
  }

  /** Makes a key for each client and adds it to the plan. */
  private static void admit(ControlPlane controlPlane, String plan) throws IOException {
    List<String> keys = Catalog.keys();
    List<Future<?>> admitted = new ArrayList<>();
    try (ExecutorService calls = Executors.newFixedThreadPool(CALLS_AT_ONCE)) {
      for (int i = 0; i < keys.size(); i++) {
        int client = i;
        admitted.add(
            calls.submit(
                () -> {
                  controlPlane.admit(plan, name(client), keys.get(client));
                  return client;
                }));
      }
      for (int i = 0; i < keys.size(); i++) {
        admitted.get(i).get();
        if ((i + 1) % STEP == 0) {
          System.out.printf(Locale.ROOT, "API keys: %,d of %,d%n", i + 1, keys.size());
        }
      }
    } catch (ExecutionException e) {
      throw new BenchFailure("an API key was not made: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while API keys were made", e);
    }
  }

  private static String name(int client) {
    return String.format(Locale.ROOT, "client-%05d", client);
  }
}
