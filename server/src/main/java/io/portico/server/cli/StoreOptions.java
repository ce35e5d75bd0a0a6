package io.portico.server.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where records live. */
final class StoreOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the durable store. Default: ./portico-data.")
  private @Nullable String data;

  @Option(names = "--ephemeral", description = "Keeps everything in memory only.")
  private boolean ephemeral;

  Map<String, String> flags() {
    Map<String, String> flags = new HashMap<>();
    if (data != null) {
      flags.put("data", data);
    }
    if (ephemeral) {
      flags.put("ephemeral", "true");
    }
    return flags;
  }
}
