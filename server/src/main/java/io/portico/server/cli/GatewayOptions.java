package io.portico.server.cli;

import io.portico.server.config.ConfigLoader;
import io.portico.server.config.ConfigValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The options that stand for keys of the configuration, and the file of the others. */
final class GatewayOptions {
  private static final Option FILE =
      Option.of(
          "--config",
          "FILE",
          "YAML file of the configuration. Default: portico.yaml, if there is one.");

  /** Each is named like its key. */
  private static final List<Option> KEYS =
      List.of(
          Option.of("--host", "ADDRESS", "Loopback address to listen on. Default: 127.0.0.1."),
          Option.of("--port", "PORT", "Port to listen on; 0: a free one. Default: 4566."),
          Option.of("--tls-port", "PORT", "Port for HTTPS as well; 0: a free one. Default: none."),
          Option.of("--tls-cert", "FILE", "PEM certificate. Default: one for development."),
          Option.of("--tls-key", "FILE", "PEM key of the certificate."),
          Option.of("--account-id", "ID", "Account of requests. Default: 000000000000."),
          Option.of("--region", "REGION", "Region of unsigned requests. Default: us-east-1."));

  private static final Option DATA =
      Option.of("--data", "DIR", "Folder of the durable store. Default: ./portico-data.");
  private static final Option EPHEMERAL =
      Option.flag("--ephemeral", "Keeps everything in memory only.");

  /** For a gateway whose store the verb settles. */
  static final List<Option> ALL = Stream.concat(Stream.of(FILE), KEYS.stream()).toList();

  /** And where its records live. */
  static final List<Option> WITH_STORE =
      Stream.concat(ALL.stream(), Stream.of(DATA, EPHEMERAL)).toList();

  private GatewayOptions() {}

  /**
   * The configuration.
   *
   * @param settled flags of the verb's own
   * @throws io.portico.server.config.ConfigException if a key or the file is refused
   */
  static ConfigValues load(Arguments arguments, Map<String, String> settled) {
    Map<String, String> flags = new LinkedHashMap<>(settled);
    Stream.concat(KEYS.stream(), Stream.of(DATA))
        .forEach(
            option -> {
              String value = arguments.value(option);
              if (value != null) {
                flags.put(option.name().substring(2), value);
              }
            });
    if (arguments.has(EPHEMERAL)) {
      flags.put("ephemeral", "true");
    }
    String file = arguments.value(FILE);
    return new ConfigLoader().load(file == null ? null : Path.of(file), System.getenv(), flags);
  }
}
