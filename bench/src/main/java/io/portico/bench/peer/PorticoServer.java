package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The packaged Portico server, told over the wire to serve one HTTP_PROXY API. */
public final class PorticoServer implements Peer {
  private static final Pattern READY = Pattern.compile("ready on http://127\\.0\\.0\\.1:(\\d+)");
  private static final String STAGE = "bench";

  /** Where the launcher put the built server. */
  private final Optional<Path> home =
      Optional.ofNullable(System.getProperty("portico.home")).map(Path::of);

  @Override
  public String name() {
    return "Portico";
  }

  @Override
  public Optional<String> missing() {
    return home.filter(folder -> Files.isRegularFile(folder.resolve("portico.jar"))).isPresent()
        ? Optional.empty()
        : Optional.of("Portico: -Dportico.home names no folder with a portico.jar");
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    Child process =
        Child.start(
            name(),
            workplace.folder(),
            workplace.cores().onGatewayCore(command("serve", "--ephemeral", "--port", "0")),
            Map.of());
    int port = Integer.parseInt(process.awaitLine(READY).group(1));
    Path definition =
        workplace.configure("portico.json", Map.of("backend", "127.0.0.1:" + backendPort));
    ControlPlane controlPlane = new ControlPlane(port);
    String api = controlPlane.importRestApi(definition);
    controlPlane.createDeployment(api, STAGE);
    String version = Executables.firstLine(command("version").toArray(String[]::new));
    return new Running(
        name(),
        version.replaceFirst("^Portico ([^,]*).*", "$1"),
        process,
        new Target(port, api + ".execute-api.us-east-1.localhost", "/" + STAGE + "/item"));
  }

  /** The command line of the launcher and of whoever installs the distribution. */
  private List<String> command(String... arguments) {
    Path folder = home.orElseThrow();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + folder.resolve("jvm.options"),
                "-jar",
                folder.resolve("portico.jar").toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
