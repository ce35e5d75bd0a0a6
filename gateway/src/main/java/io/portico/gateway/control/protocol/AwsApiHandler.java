package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One API of AWS: from a request to the operation it means, through binding and validation to its
 * handler, and back. The one place where the control plane's failures become answers.
 */
public final class AwsApiHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AwsApiHandler.class);

  /** What is longer takes more than a moment to look through. */
  private static final int MOST_OF_LIGHT = 64 * 1024;

  private final ServiceModel model;
  private final Operations operations;
  private final CallerResolver callers;
  private final WireProtocols protocols;
  private final InputConstraints constraints;

  /**
   * @param operations what is built of the model
   * @throws IllegalArgumentException if it has a handler for an operation the model does not have
   */
  public AwsApiHandler(ServiceModel model, Operations operations, CallerResolver callers) {
    for (String name : operations.names()) {
      if (model.operation(name) == null) {
        throw new IllegalArgumentException(model.api().table() + " has no operation " + name);
      }
    }
    this.model = model;
    this.operations = operations;
    this.callers = callers;
    this.protocols = new WireProtocols(model, operations);
    this.constraints = new InputConstraints(model);
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    String requestId = RequestId.random();
    WireProtocol protocol = protocols.of(request);
    try {
      return answer(request, protocol, requestId);
    } catch (ServiceException refusal) {
      return protocol.refuse(refusal, requestId);
    } catch (StoreException failure) {
      LOG.error(
          "{} {}: the store failed, request {}",
          request.method(),
          request.rawPath(),
          requestId,
          failure);
      return protocol.refuse(
          new ServiceException(
              "ServiceFailure",
              500,
              "The request processing has failed because of an unknown error, exception or"
                  + " failure."),
          requestId);
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.error("{} {} failed, request {}", request.method(), request.rawPath(), requestId, bug);
      return protocol.refuse(
          new ServiceException(
              "InternalFailure",
              500,
              "The request processing has failed because of an unknown error, exception or"
                  + " failure."),
          requestId);
    }
  }

  /** A refusal in the form in which this API answers it. */
  HttpResponse refuse(ServiceException refusal) {
    return protocols.usual().refuse(refusal, RequestId.random());
  }

  private HttpResponse answer(HttpRequest request, WireProtocol protocol, String requestId) {
    callers.admit(request);
    WireProtocol.Asked asked = protocol.read(request);
    Operation operation = asked.operation();
    OperationHandler handler = operations.find(operation.name());
    if (handler == null) {
      throw ServiceException.notImplemented(
          "The operation %s of %s".formatted(operation.name(), model.api().table()));
    }
    Caller caller = callers.resolve(request);
    ObjectNode input = asked.input().get();
    constraints.check(operation, input);
    ObjectNode output =
        handler.handle(
            new OperationCall(
                operation.name(),
                caller,
                requestId,
                endpoint(request),
                request.headers().first("X-Amzn-Trace-Id"),
                request.headers().first("User-Agent"),
                new Input(input)));
    return protocol.answer(operation, output, requestId);
  }

  private static String endpoint(HttpRequest request) {
    String host = request.host();
    return request.connection().scheme()
        + "://"
        + (host.isEmpty() ? "localhost:" + request.connection().localPort() : host);
  }

  /** Handlers use the store, but for those of light operations. */
  @Override
  public boolean isHeavy(HttpRequest request) {
    long length = request.body().length();
    if (length < 0 || length > MOST_OF_LIGHT) {
      return true;
    }
    Operation operation = protocols.of(request).named(request);
    return operation == null || !operations.isLight(operation.name());
  }
}
