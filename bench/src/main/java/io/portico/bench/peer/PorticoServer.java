package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The packaged Portico server, told over the wire to serve one HTTP_PROXY API. */
public final class PorticoServer implements Peer {
  private static final Pattern READY = Pattern.compile("ready on http://127\\.0\\.0\\.1:(\\d+)");
  private static final String STAGE = "bench";

  private final Path launcher;

  public PorticoServer(Path repository) {
    this.launcher = repository.resolve("portico");
  }

  @Override
  public String name() {
    return "Portico";
  }

  @Override
  public Optional<String> missing() {
    return Files.isExecutable(launcher)
        ? Optional.empty()
        : Optional.of("Portico has no launcher at " + launcher);
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    List<String> command = List.of(launcher.toString(), "serve", "--ephemeral", "--port", "0");
    Child process =
        Child.start(name(), workplace.folder(), workplace.cores().onGatewayCore(command), Map.of());
    int port = Integer.parseInt(process.awaitLine(READY).group(1));
    Path definition =
        workplace.configure("portico.json", Map.of("backend", "127.0.0.1:" + backendPort));
    ControlPlane controlPlane = new ControlPlane(port);
    String api = controlPlane.importRestApi(definition);
    controlPlane.createDeployment(api, STAGE);
    String version = Executables.firstLine(launcher.toString(), "version");
    return new Running(
        name(),
        version.replaceFirst("(?i)^portico ", ""),
        process,
        new Target(port, api + ".execute-api.us-east-1.localhost", "/" + STAGE + "/item"));
  }
}
