package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The packaged Portico server, told over the wire to serve one HTTP_PROXY API. */
public final class PorticoServer implements Peer {
  private static final String STAGE = "bench";

  private final PorticoProgram program = new PorticoProgram();

  @Override
  public String name() {
    return "Portico";
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
            Map.of());
    int port = Integer.parseInt(process.awaitLine(PorticoProgram.READY).group(1));
    Path definition =
        workplace.configure("portico.json", Map.of("backend", "127.0.0.1:" + backendPort));
    String api;
    try (ControlPlane controlPlane = new ControlPlane(port)) {
      api = controlPlane.importRestApi(definition);
      controlPlane.createDeployment(api, STAGE);
    }
    String version = Executables.firstLine(program.command("version").toArray(String[]::new));
    return new Running(
        name(),
        version.replaceFirst("^Portico ([^,]*).*", "$1"),
        process,
        new Target(port, api + ".execute-api.us-east-1.localhost", "/" + STAGE + "/item"));
  }
}
