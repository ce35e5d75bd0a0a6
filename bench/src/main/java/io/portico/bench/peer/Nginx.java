package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx with one worker, proxying to a keep-alive upstream. */
public final class Nginx implements Peer {
  private final Optional<Path> program = Executables.find("nginx");
  private final String name;
  private final String configuration;
  private final String path;

  /**
   * One nginx.
   *
   * @param name what the table calls it
   * @param configuration its file in {@code bench/peers}
   * @param path what clients ask it for
   */
  public Nginx(String name, String configuration, String path) {
    this.name = name;
    this.configuration = configuration;
    this.path = path;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> missing() {
    return program.isPresent() ? Optional.empty() : Optional.of("nginx is not installed");
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    int port = workplace.freePort();
    Path prefix = workplace.subfolder(name);
    Path file =
        workplace.configure(
            configuration,
            Map.of(
                "prefix", prefix.toString(),
                "port", Integer.toString(port),
                "backend", "127.0.0.1:" + backendPort));
    String nginx = program.orElseThrow().toString();
    List<String> command = List.of(nginx, "-p", prefix + "/", "-c", file.toString());
    Child process =
        Child.start(name(), workplace.folder(), workplace.cores().onGatewayCore(command), Map.of());
    process.awaitPort(port);
    String version = Executables.firstLine(nginx, "-v").replaceFirst("^.*nginx/", "");
    return new Running(name(), version, process, Target.at(port, path));
  }
}
