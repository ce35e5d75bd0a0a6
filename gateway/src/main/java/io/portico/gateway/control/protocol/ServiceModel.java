package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of AWS's APIs as its published service model describes it: operations, errors and shapes,
 * read from its operation table. Immutable; loaded once, when it is first asked for.
 */
public final class ServiceModel {
  private static final Map<AwsApi, ServiceModel> LOADED = new EnumMap<>(AwsApi.class);

  private final AwsApi api;
  private final String apiVersion;
  private final String source;
  private final Map<String, Operation> operations;
  private final Map<String, Shape> shapes;
  private final Map<String, ErrorShape> errors;

  ServiceModel(
      AwsApi api,
      String apiVersion,
      String source,
      Map<String, Operation> operations,
      Map<String, Shape> shapes,
      Map<String, ErrorShape> errors) {
    this.api = api;
    this.apiVersion = apiVersion;
    this.source = source;
    this.operations = operations;
    this.shapes = shapes;
    this.errors = errors;
  }

  /** The model of an API. */
  public static ServiceModel of(AwsApi api) {
    synchronized (LOADED) {
      return LOADED.computeIfAbsent(api, ServiceModel::load);
    }
  }

  private static ServiceModel load(AwsApi api) {
    String file = api.table() + ".operations";
    try (InputStream table = ServiceModel.class.getResourceAsStream(file)) {
      if (table == null) {
        throw new IllegalStateException("the operation table " + file + " is missing");
      }
      return new OperationTable(
              file, new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8)))
          .read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public AwsApi api() {
    return api;
  }

  /** AWS's version of the API, such as {@code 2015-07-09}. */
  public String apiVersion() {
    return apiVersion;
  }

  /** Where the table was derived from, such as {@code botocore 1.43.67}. */
  public String source() {
    return source;
  }

  /** Names of all operations, built or not, in alphabetical order. */
  public Collection<String> operationNames() {
    return operations.keySet();
  }

  Collection<Operation> operations() {
    return operations.values();
  }

  @Nullable Operation operation(String name) {
    return operations.get(name);
  }

  Shape shape(String name) {
    Shape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalStateException(api.table() + " has no shape " + name);
    }
    return shape;
  }

  /**
   * What the model says of an error.
   *
   * @param status of the answer
   * @param text the member of its body that has the text for the caller
   * @param code in the Query protocol; null where that follows from the name
   */
  record ErrorShape(int status, String text, @Nullable String code) {}

  /** The error of that name, or null. */
  @Nullable ErrorShape error(String name) {
    return errors.get(name);
  }

  /** The member of an error's body that has the text for the caller. */
  String errorText(String name) {
    ErrorShape error = errors.get(name);
    return error == null ? "message" : error.text();
  }

  /** The code under which the Query protocol knows a refusal. */
  String queryCode(String name) {
    ErrorShape error = errors.get(name);
    return error == null || error.code() == null ? AwsApi.queryCode(name) : error.code();
  }

  /** How a refusal is named in a body. */
  String errorType(String name) {
    String code = api.code(name);
    return api.queryCompatible() && errors.containsKey(name)
        ? api.smithyNamespace() + "#" + code
        : code;
  }

  /**
   * Tells clients that know errors by the codes of the Query protocol the one of a refusal, where
   * an API once spoke that protocol alone.
   *
   * @see <a
   *     href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">awsQueryCompatible</a>
   */
  void addQueryError(Headers.Builder headers, ServiceException refusal) {
    if (api.queryCompatible()) {
      headers.set(
          "x-amzn-query-error",
          queryCode(refusal.code()) + ";" + (refusal.status() < 500 ? "Sender" : "Receiver"));
    }
  }
}
