package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** AWS's REST-JSON: methods and paths name operations. */
final class RestJsonProtocol implements WireProtocol {
  private final ServiceModel model;
  private final Operations operations;
  private final OperationRouter router;
  private final InputBinder binder;
  private final OutputWriter outputs;
  private final ErrorWriter errors;

  RestJsonProtocol(ServiceModel model, Operations operations) {
    this.model = model;
    this.operations = operations;
    this.router = new OperationRouter(model);
    this.binder = new InputBinder(model);
    this.outputs = new OutputWriter(model);
    this.errors = new ErrorWriter(model);
  }

  @Override
  public Asked read(HttpRequest request) {
    QueryParameters query = QueryParameters.parse(request.rawQuery());
    OperationRouter.Route route = router.find(request.method(), request.rawPath(), query);
    if (route == null) {
      throw model.api().unknownOperation();
    }
    Operation operation = route.operation();
    return new Asked(
        operation,
        () -> binder.bind(route, query, request.headers(), body(request, operation.name())));
  }

  private byte[] body(HttpRequest request, String operation) {
    Long limit = operations.mostBytes(operation);
    return limit == null
        ? WireProtocol.body(request, model.api(), operation)
        : WireProtocol.body(request, model.api(), operation, limit);
  }

  @Override
  public @Nullable Operation named(HttpRequest request) {
    try {
      QueryParameters query = QueryParameters.parse(request.rawQuery());
      OperationRouter.Route route = router.find(request.method(), request.rawPath(), query);
      return route == null ? null : route.operation();
    } catch (ServiceException _) {
      return null;
    }
  }

  @Override
  public HttpResponse answer(Operation operation, ObjectNode output, String requestId) {
    return outputs.write(operation, output, headers(requestId));
  }

  @Override
  public HttpResponse refuse(ServiceException refusal, String requestId) {
    return errors.write(refusal, headers(requestId));
  }

  private Headers.Builder headers(String requestId) {
    Headers.Builder headers = Headers.builder().add("x-amzn-RequestId", requestId);
    return model.api().behindApiGateway()
        ? headers.add("x-amz-apigw-id", RequestId.extended())
        : headers;
  }
}
