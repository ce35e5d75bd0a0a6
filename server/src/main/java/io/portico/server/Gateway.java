package io.portico.server;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputDocument;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.Operations;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A gateway that answers. */
public final class Gateway implements AutoCloseable {
  private final String url;
  private final @Nullable String tlsUrl;
  private final Map<AwsApi, Operations> built;
  private final Caller caller;
  private final Parts parts;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param url where it answers
   * @param tlsUrl where it answers by HTTPS, if it does
   * @param built operations of AWS's APIs, for calls from within
   * @param caller on whose behalf those calls are
   * @param parts what stops it
   */
  Gateway(
      String url,
      @Nullable String tlsUrl,
      Map<AwsApi, Operations> built,
      Caller caller,
      Parts parts) {
    this.url = url;
    this.tlsUrl = tlsUrl;
    this.built = Map.copyOf(built);
    this.caller = caller;
    this.parts = parts;
  }

  /** {@code http://127.0.0.1:4566}. */
  public String url() {
    return url;
  }

  /** {@code https://127.0.0.1:4567}, or null where it does not listen for HTTPS. */
  public @Nullable String tlsUrl() {
    return tlsUrl;
  }

  /** The operations that are built. */
  Map<AwsApi, Operations> built() {
    return built;
  }

  /**
   * Calls an operation of API Gateway's control plane as its owner.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException if it refuses
   */
  public JsonNode call(String operation, ObjectNode input) {
    return call(AwsApi.API_GATEWAY, operation, input);
  }

  /** Whether it runs functions. */
  public boolean hasFunctions() {
    return built.containsKey(AwsApi.LAMBDA);
  }

  /**
   * Calls an operation of Lambda's control plane as its owner.
   *
   * @param document the input by the member names of AWS's model
   * @throws io.portico.gateway.control.protocol.ServiceException if it refuses
   */
  public JsonNode callLambda(String operation, ObjectNode document) {
    ObjectNode input = InputDocument.of(AwsApi.LAMBDA, operation).read(document);
    return call(AwsApi.LAMBDA, operation, input);
  }

  private JsonNode call(AwsApi api, String operation, ObjectNode input) {
    Operations operations = built.get(api);
    OperationHandler handler = operations == null ? null : operations.find(operation);
    if (handler == null) {
      throw new IllegalStateException(operation + " is not built");
    }
    String requestId = UUID.randomUUID().toString();
    return handler.handle(new OperationCall(operation, caller, requestId, new Input(input)));
  }

  /** Lets no new request in, waits for those under way up to the deadline, and stops. */
  @Override
  public void close() {
    parts.close();
    closed.countDown();
  }

  /** Waits until it has been closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }
}
