package io.portico.server.cli;

import io.portico.server.Gateway;
import io.portico.server.GatewayAssembly;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portico serve}: a gateway that keeps what it is told. */
@Command(
    name = "serve",
    description = {
      "Serves until it is told to stop (SIGTERM, Ctrl-C). Everything it is told is kept in the data"
          + " folder, unless it is ephemeral."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private final CommandSpec spec = CommandSpec.create();
  @Mixin private final GatewayOptions options = new GatewayOptions();
  @Mixin private final StoreOptions storeOptions = new StoreOptions();

  @Override
  public Integer call() throws InterruptedException {
    Gateway gateway = GatewayAssembly.start(options.load(storeOptions.flags()).config());
    return Serving.untilSignalled(gateway, () -> Serving.printReady(spec, gateway));
  }
}
