package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx with one worker and a plain {@code proxy_pass} to a keep-alive upstream. */
public final class Nginx implements Peer {
  private final Optional<Path> program = Executables.find("nginx");

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public Optional<String> missing() {
    return program.isPresent() ? Optional.empty() : Optional.of("nginx is not installed");
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    int port = workplace.freePort();
    Path configuration =
        workplace.configure(
            "nginx.conf",
            Map.of(
                "prefix", workplace.folder().toString(),
                "port", Integer.toString(port),
                "backend", "127.0.0.1:" + backendPort));
    String nginx = program.orElseThrow().toString();
    List<String> command =
        List.of(nginx, "-p", workplace.folder() + "/", "-c", configuration.toString());
    Child process =
        Child.start(name(), workplace.folder(), workplace.cores().onGatewayCore(command), Map.of());
    process.awaitPort(port);
    String version = Executables.firstLine(nginx, "-v").replaceFirst("^.*nginx/", "");
    return new Running(name(), version, process, Target.at(port, "/item"));
  }
}
