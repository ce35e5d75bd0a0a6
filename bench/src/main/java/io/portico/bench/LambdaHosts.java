package io.portico.bench;

import io.portico.bench.load.FunctionAlone;
import io.portico.bench.load.Requests;
import io.portico.bench.load.Scheme;
import io.portico.bench.peer.FunctionsApi;
import io.portico.bench.peer.NodeProgram;
import io.portico.bench.peer.Peer;
import io.portico.bench.peer.PorticoProgram;
import io.portico.bench.peer.PorticoServer;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.ServerlessOffline;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hosts of Lambda functions that can be had here, all up at once, and the function alone. */
final class LambdaHosts implements AutoCloseable {
  private final List<Running> running = new ArrayList<>();
  private final FunctionAlone alone;

  /**
   * Starts all, and has each answer once.
   *
   * @throws BenchFailure if Portico is not among them
   */
  LambdaHosts(Workplace workplace, NodeProgram node) {
    FunctionsApi functions = new FunctionsApi(node);
    PorticoServer portico = new PorticoServer(functions, Scheme.HTTP, node.settings());
    try {
      start(workplace, portico);
      this.alone = functions.alone(workplace, new PorticoProgram(), portico().target());
      startIfThere(workplace, new ServerlessOffline(node));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void startIfThere(Workplace workplace, Peer peer) {
    Optional<String> missing = peer.missing();
    if (missing.isPresent()) {
      System.out.println("left out: " + missing.get());
      return;
    }
    try {
      start(workplace, peer);
    } catch (BenchFailure e) {
      System.out.println("left out: " + e.getMessage());
    }
  }

  private void start(Workplace workplace, Peer peer) {
    Running host = peer.start(workplace, 0);
    running.add(host);
    Requests calls = FunctionsApi.calls(1);
    calls.check(host.target());
    System.out.println(host.name() + " " + host.version() + " is up");
  }

  /** Portico first. */
  List<Running> running() {
    return running;
  }

  Running portico() {
    return running.getFirst();
  }

  /** The same function on the same interpreter, driven directly. */
  FunctionAlone alone() {
    return alone;
  }

  /** Whether there is one to compare with. */
  boolean havePeer() {
    return running.size() > 1;
  }

  @Override
  public void close() {
    running.forEach(Running::close);
  }
}
