package io.portico.bench.peer;

import io.portico.bench.load.Requests;
import io.portico.bench.process.BenchFailure;
import java.util.Optional;

/** The packaged Portico server before a {@link ProtectedApi}; it is proven to refuse strangers. */
public record ProtectedServer(String name) implements Peer {
  private static final String NO_NODE = "the authorizer's function needs Node.js on the path";

  /** Calls of one who may. */
  public static Requests calls(int connections) {
    return ProtectedApi.calls(connections);
  }

  @Override
  public Optional<String> missing() {
    return NodeProgram.installed().isEmpty()
        ? Optional.of(NO_NODE)
        : new PorticoProgram().missing();
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    NodeProgram node = NodeProgram.installed().orElseThrow(() -> new BenchFailure(NO_NODE));
    Peer server = new PorticoServer(name, new ProtectedApi(node), node.settings());
    return Guarded.by(ProtectedApi.callsOfStrangers(), server).start(workplace, backendPort);
  }
}
