package io.portico.server.cli;

import io.portico.server.Gateway;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** {@code portico serve}: a gateway that keeps what it is told. */
final class ServeCommand implements Verb {
  @Override
  public String name() {
    return "serve";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Serves until it is told to stop (SIGTERM, Ctrl-C). Everything it is told is kept in the data"
            + " folder, unless it is ephemeral.");
  }

  @Override
  public List<Option> options() {
    return GatewayOptions.WITH_STORE;
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) throws InterruptedException {
    Gateway gateway = Serving.start(GatewayOptions.load(arguments, Map.of()));
    return Serving.untilSignalled(gateway, () -> Serving.printReady(out, gateway));
  }
}
