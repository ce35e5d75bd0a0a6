package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The packaged Portico server, told over the wire to serve one API. */
public final class PorticoServer implements Peer {
  private static final String STAGE = "bench";

  private final PorticoProgram program = new PorticoProgram();
  private final String name;
  private final String definition;
  private final String path;
  private final Map<String, String> settings;

  /**
   * One server.
   *
   * @param name what the table calls it
   * @param definition the API's OpenAPI file in {@code bench/peers}
   * @param path what clients ask the stage for
   * @param settings {@code PORTICO_*} variables
   */
  public PorticoServer(String name, String definition, String path, Map<String, String> settings) {
    this.name = name;
    this.definition = definition;
    this.path = path;
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
    Child process =
        Child.start(
            name(),
            workplace.folder(),
            workplace.cores().onGatewayCore(program.command("serve", "--ephemeral", "--port", "0")),
            settings);
    int port = Integer.parseInt(process.awaitLine(PorticoProgram.READY).group(1));
    Path file = workplace.configure(definition, Map.of("backend", "127.0.0.1:" + backendPort));
    String api;
    try (ControlPlane controlPlane = new ControlPlane(port)) {
      api = controlPlane.importRestApi(file);
      controlPlane.createDeployment(api, STAGE);
    }
    String version = Executables.firstLine(program.command("version").toArray(String[]::new));
    return new Running(
        name(),
        version.replaceFirst("^Portico ([^,]*).*", "$1"),
        process,
        new Target(port, api + ".execute-api.us-east-1.localhost", "/" + STAGE + path));
  }
}
