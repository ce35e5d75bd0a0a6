package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.store.StoreException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One API of AWS over REST-JSON: from a request to the operation it means, through binding and
 * validation to its handler, and back. The one place where the control plane's failures become
 * answers.
 */
public final class RestJsonService implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RestJsonService.class);

  private final ServiceModel model;
  private final Operations operations;
  private final CallerResolver callers;
  private final OperationRouter router;
  private final InputBinder binder;
  private final InputConstraints constraints;
  private final OutputWriter outputs;
  private final ErrorWriter errors;

  /**
   * @param operations what is built of the model
   * @throws IllegalArgumentException if it has a handler for an operation the model does not have
   */
  public RestJsonService(ServiceModel model, Operations operations, CallerResolver callers) {
    for (String name : operations.names()) {
      if (model.operation(name) == null) {
        throw new IllegalArgumentException(model.api().table() + " has no operation " + name);
      }
    }
    this.model = model;
    this.operations = operations;
    this.callers = callers;
    this.router = new OperationRouter(model);
    this.binder = new InputBinder(model);
    this.constraints = new InputConstraints(model);
    this.outputs = new OutputWriter(model);
    this.errors = new ErrorWriter(model.api());
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    String requestId = RequestId.random();
    try {
      return answer(request, requestId);
    } catch (ServiceException refusal) {
      return errors.write(refusal, headers(requestId));
    } catch (StoreException failure) {
      LOG.error(
          "{} {}: the store failed, request {}",
          request.method(),
          request.rawPath(),
          requestId,
          failure);
      return errors.write(
          new ServiceException(
              "ServiceFailure",
              500,
              "The request processing has failed because of an unknown error, exception or"
                  + " failure."),
          headers(requestId));
    } catch (RuntimeException bug) {
      LOG.error("{} {} failed, request {}", request.method(), request.rawPath(), requestId, bug);
      return errors.write(
          new ServiceException(
              "InternalFailure",
              500,
              "The request processing has failed because of an unknown error, exception or"
                  + " failure."),
          headers(requestId));
    }
  }

  private HttpResponse answer(HttpRequest request, String requestId) {
    callers.admit(request);
    QueryParameters query = QueryParameters.parse(request.rawQuery());
    OperationRouter.Route route = router.find(request.method(), request.rawPath(), query);
    if (route == null) {
      throw model.api().unknownOperation();
    }
    Operation operation = route.operation();
    OperationHandler handler = operations.find(operation.name());
    if (handler == null) {
      throw new ServiceException(
          "NotImplementedException",
          501,
          "The operation %s of %s is not implemented by Portico yet."
              .formatted(operation.name(), model.api().table()));
    }
    Caller caller = callers.resolve(request);
    ObjectNode input = binder.bind(route, query, request.headers(), body(request, operation));
    constraints.check(operation, input);
    ObjectNode output =
        handler.handle(new OperationCall(operation.name(), caller, requestId, new Input(input)));
    return outputs.write(operation, output, headers(requestId));
  }

  private byte[] body(HttpRequest request, Operation operation) {
    try {
      return request.body().readAll(model.api().maxBodyBytes());
    } catch (BodyTooLargeException e) {
      throw model.api().bodyTooLarge(operation.name());
    } catch (IOException e) {
      throw new ServiceException(
          "RequestTimeoutException", 408, "The request body ended before it was complete.");
    }
  }

  private Headers.Builder headers(String requestId) {
    Headers.Builder headers = Headers.builder().add("x-amzn-RequestId", requestId);
    return model.api().behindApiGateway()
        ? headers.add("x-amz-apigw-id", RequestId.extended())
        : headers;
  }

  /** Handlers use the store. */
  @Override
  public boolean isHeavy(HttpRequest request) {
    return true;
  }
}
