package io.portico.server.cli;

import io.portico.server.config.ConfigLoader;
import io.portico.server.config.ConfigValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that stand for keys of the configuration, and the file of the others. */
final class GatewayOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of the configuration. Default: portico.yaml, if there is one.")
  @Nullable Path file;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Loopback address to listen on.")
  @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0: a free one.")
  @Nullable String port;

  @Option(names = "--account-id", paramLabel = "ID", description = "Account of requests.")
  @Nullable String accountId;

  @Option(names = "--region", paramLabel = "REGION", description = "Region of unsigned requests.")
  @Nullable String region;

  /** The configuration with these flags and those of the verb. */
  ConfigValues load(Map<String, String> verbFlags) {
    Map<String, String> flags = new LinkedHashMap<>(verbFlags);
    set(flags, "host", host);
    set(flags, "port", port);
    set(flags, "account-id", accountId);
    set(flags, "region", region);
    return new ConfigLoader().load(file, System.getenv(), flags);
  }

  private static void set(Map<String, String> flags, String key, @Nullable String value) {
    if (value != null) {
      flags.put(key, value);
    }
  }
}
