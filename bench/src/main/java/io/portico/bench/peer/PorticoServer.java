package io.portico.bench.peer;

import io.portico.bench.load.Scheme;
import io.portico.bench.load.Target;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** The packaged Portico server, told over the wire to serve one API. */
public final class PorticoServer implements Peer {
  private final PorticoProgram program = new PorticoProgram();
  private final String name;
  private final Api api;
  private final Scheme scheme;
  private final Map<String, String> settings;

  /** One that is called in the clear and configured as it comes. */
  public PorticoServer(Api api) {
    this(api, Scheme.HTTP, Map.of());
  }

  /** The same beside others of its kind, which it must be told from. */
  public PorticoServer(String name, Api api) {
    this(name, api, Map.of());
  }

  PorticoServer(String name, Api api, Map<String, String> settings) {
    this(name, api, Scheme.HTTP, settings);
  }

  /**
   * One server.
   *
   * @param settings {@code PORTICO_*} variables
   */
  public PorticoServer(Api api, Scheme scheme, Map<String, String> settings) {
    this("Portico", api, scheme, settings);
  }

  private PorticoServer(String name, Api api, Scheme scheme, Map<String, String> settings) {
    this.name = name;
    this.api = api;
    this.scheme = scheme;
    this.settings = Map.copyOf(settings);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> missing() {
    return program.missing();
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--ephemeral", "--port", "0"));
    if (scheme == Scheme.HTTPS) {
      Certificate certificate = workplace.certificate();
      arguments.addAll(List.of("--tls-port", "0", "--tls-cert", certificate.chain().toString()));
      arguments.addAll(List.of("--tls-key", certificate.key().toString()));
    }
    Map<String, String> environment = new HashMap<>(settings);
    Optional<AccessLog> accessLog = accessLog(workplace);
    accessLog.ifPresent(log -> environment.put("PORTICO_ACCESS_LOG_FILE", log.file().toString()));
    List<String> command = program.command(arguments.toArray(String[]::new));
    Child process =
        Child.start(
            name(), workplace.folder(), workplace.cores().onGatewayCore(command), environment);
    Matcher ready = process.awaitLine(PorticoProgram.READY);
    String id = deployed(Integer.parseInt(ready.group(1)), workplace, backendPort);
    String version = Executables.firstLine(program.command("version").toArray(String[]::new));
    return new Running(
        name(),
        version.replaceFirst("^Portico ([^,]*).*", "$1"),
        process,
        target(scheme, ready.group(scheme == Scheme.HTTPS ? 2 : 1), id),
        target(Scheme.HTTP, ready.group(1), id),
        accessLog);
  }

  private static Target target(Scheme scheme, String port, String api) {
    return new Target(
        scheme, Integer.parseInt(port), api + ".execute-api.us-east-1.localhost", "/" + Api.STAGE);
  }

  private Optional<AccessLog> accessLog(Workplace workplace) {
    Path file = workplace.subfolder(name()).resolve("access.log");
    return api.logged() ? Optional.of(new AccessLog(file)) : Optional.empty();
  }

  private String deployed(int port, Workplace workplace, int backendPort) {
    try (ControlPlane controlPlane = new ControlPlane(port)) {
      return api.deploy(controlPlane, workplace, backendPort);
    } catch (IOException e) {
      throw new BenchFailure("Portico did not take its API: " + e.getMessage(), e);
    }
  }
}
