package io.portico.conformance.client;

import io.portico.conformance.process.Needed;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoExtension;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import tools.jackson.databind.JsonNode;

/**
 * One client of each kind for the shared server, started at its first call and kept for all tests.
 */
final class SharedClients implements ArgumentsProvider {
  private static final Namespace NAMESPACE = Namespace.create(SharedClients.class);

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    Endpoint endpoint = PorticoExtension.server(context).endpoint();
    Store store = context.getRoot().getStore(NAMESPACE);
    return Stream.of(ClientKind.values())
        .map(kind -> Arguments.of(Named.of(kind.name(), new Shared(kind, endpoint, store))));
  }

  /** A client that may turn out to be missing when it is needed. */
  private record Shared(ClientKind kind, Endpoint endpoint, Store store) implements RecordedClient {
    @Override
    public JsonNode call(AwsService service, String operation, Map<String, ?> input) {
      JsonNode result = client().call(service, operation, input);
      started().called().add(service, operation);
      return result;
    }

    @Override
    public SortedSet<String> answered(AwsService service) {
      client();
      return started().called().of(service);
    }

    private AwsClient client() {
      return Needed.found(started().client(), kind.needs());
    }

    private Started started() {
      return store.computeIfAbsent(kind, this::start, Started.class);
    }

    private Started start(ClientKind kind) {
      Optional<? extends AwsClient> client = kind.start(endpoint);
      if (client.isEmpty()) {
        System.out.println(
            "not run, as " + kind.needs() + " is not installed: scenarios of " + kind);
      }
      return new Started(client.map(AwsClient.class::cast), new CalledOperations());
    }
  }

  private record Started(Optional<AwsClient> client, CalledOperations called) implements Closeable {
    @Override
    public void close() throws IOException {
      if (client.orElse(null) instanceof Closeable closeable) {
        closeable.close();
      }
    }
  }
}
