package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientMethod;
import io.portico.gateway.control.sdk.contract.ClientMethod.Content;
import io.portico.gateway.control.sdk.contract.ClientParameter;
import io.portico.gateway.control.sdk.contract.FieldType.Scalar;
import io.portico.gateway.control.sdk.contract.UniqueNames;
import io.portico.gateway.control.sdk.contract.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of a Java SDK: its interface, its client, requests and results. */
final class JavaOperations {
  private static final Set<String> RESERVED_IN_REQUEST = Set.of("sdkRequestConfig");
  private static final Set<String> RESERVED_IN_RESULT = Set.of("sdkResponseMetadata");

  private final String service;
  private final String packageName;
  private final String license;
  private final JavaTypes types;
  private final UniqueNames typeNames;
  private final UniqueNames methodNames = new UniqueNames(List.of("caller", "shutdown", "builder"));
  private final List<Operation> operations = new ArrayList<>();

  /** One method with its two classes and the members that stand for what it takes. */
  private record Operation(
      String name,
      ClientMethod method,
      JavaClass request,
      Map<ClientParameter, JavaClass.Member> parameters,
      JavaClass.@Nullable Member body,
      JavaClass result,
      JavaClass.@Nullable Member content,
      Map<String, JavaClass.Member> headers) {}

  /**
   * @param typeNames of the package of models, where requests and results are too
   */
  JavaOperations(
      String service, String packageName, String license, JavaTypes types, UniqueNames typeNames) {
    this.service = service;
    this.packageName = packageName;
    this.license = license;
    this.types = types;
    this.typeNames = typeNames;
  }

  void add(ClientMethod method) {
    String name = methodNames.take(JavaNames.method(MethodNames.byOperation(method)));
    String typeName = JavaNames.capitalized(name);
    JavaClass request =
        new JavaClass(typeNames.take(typeName + "Request"), types, RESERVED_IN_REQUEST);
    Map<ClientParameter, JavaClass.Member> parameters = new LinkedHashMap<>();
    for (ClientParameter parameter : method.parameters()) {
      parameters.put(parameter, request.add(parameter.name(), parameter.type(), null));
    }
    Content body = method.body();
    JavaClass.Member bodyMember =
        body == null ? null : request.add(contentName(body, "body"), body.type(), null);

    JavaClass result =
        new JavaClass(typeNames.take(typeName + "Result"), types, RESERVED_IN_RESULT);
    Content content = method.result();
    JavaClass.Member contentMember =
        content == null
            ? result.add("body", Scalar.TEXT, "What was answered, as it came.")
            : result.add(contentName(content, "body"), content.type(), null);
    Map<String, JavaClass.Member> headers = new LinkedHashMap<>();
    for (String header : method.resultHeaders()) {
      headers.put(header, result.add(header, Scalar.TEXT, null));
    }
    operations.add(
        new Operation(
            name, method, request, parameters, bodyMember, result, contentMember, headers));
  }

  /** AWS: content goes by its model's name; source: documented, at {@link JavaSdk}. */
  private static String contentName(Content content, String otherwise) {
    return content.modelName() == null || content.modelName().isEmpty()
        ? otherwise
        : Words.camel(content.modelName());
  }

  void write(SdkFiles files, String sources) {
    files.add(sources + service + ".java", license + interfaceSource());
    files.add(sources + service + "Client.java", license + clientSource());
    for (Operation operation : operations) {
      String request = operation.request().name();
      String result = operation.result().name();
      files.add(sources + "model/" + request + ".java", license + requestSource(operation));
      files.add(sources + "model/" + result + ".java", license + resultSource(operation));
    }
  }

  /** The methods by their names. */
  Map<String, ClientMethod> methods() {
    Map<String, ClientMethod> methods = new LinkedHashMap<>();
    operations.forEach(operation -> methods.put(operation.name(), operation.method()));
    return methods;
  }

  private void writeImports(SourceText text) {
    for (Operation operation : operations) {
      text.line("import " + packageName + ".model." + operation.request().name() + ";");
      text.line("import " + packageName + ".model." + operation.result().name() + ";");
    }
  }

  private String interfaceSource() {
    SourceText text = new SourceText("    ");
    text.line("package " + packageName + ";").blank();
    writeImports(text);
    text.blank().line("/** A client of the API. It may be used by several threads. */");
    text.open("public interface " + service + " {");
    text.line("/** Begins a client. */");
    text.open("static " + service + "ClientBuilder builder() {");
    text.line("return new " + service + "ClientBuilder();").close("}").blank();
    for (Operation operation : operations) {
      JavaClass.writeComment(text, operation.method().verb() + " " + operation.method().path());
      text.line(signature(operation) + ";").blank();
    }
    text.line("/** Ends the client's connections; it cannot be used any more. */");
    text.line("void shutdown();");
    return text.close("}").toString();
  }

  private static String signature(Operation operation) {
    return "%s %s(%s request)"
        .formatted(operation.result().name(), operation.name(), operation.request().name());
  }

  private String clientSource() {
    SourceText text = new SourceText("    ");
    text.line("package " + packageName + ";").blank();
    text.line("import " + packageName + ".internal.ApiAnswer;");
    text.line("import " + packageName + ".internal.ApiCall;");
    text.line("import " + packageName + ".internal.ApiCaller;");
    text.line("import " + packageName + ".internal.Json;");
    text.line("import " + packageName + ".model.*;").blank();
    text.open("final class " + service + "Client implements " + service + " {");
    text.line("private final ApiCaller caller;").blank();
    text.open(service + "Client(ApiCaller caller) {");
    text.line("this.caller = caller;").close("}").blank();
    for (Operation operation : operations) {
      text.line("@Override").open("public " + signature(operation) + " {");
      writeCall(text, operation);
      text.close("}").blank();
    }
    text.line("@Override").open("public void shutdown() {");
    text.line("caller.shutdown();").close("}");
    return text.close("}").toString();
  }

  private void writeCall(SourceText text, Operation operation) {
    ClientMethod method = operation.method();
    text.line(
        "ApiCall call = new ApiCall(%s, %s, %s);"
            .formatted(
                JavaSdk.literal(method.verb()), JavaSdk.literal(method.path()), method.signed()));
    operation
        .parameters()
        .forEach(
            (parameter, member) -> {
              String name = JavaSdk.literal(parameter.name());
              String value = "request." + member.getter() + "()";
              text.line(
                  switch (parameter.place()) {
                    case PATH -> "call.path(%s, %s);".formatted(name, value);
                    case QUERY ->
                        "call.query(%s, %s, %s);".formatted(name, parameter.required(), value);
                    case HEADER ->
                        "call.header(%s, %s, %s);".formatted(name, parameter.required(), value);
                  });
            });
    Content body = method.body();
    JavaClass.Member bodyMember = operation.body();
    if (body != null && bodyMember != null) {
      text.line(
          "call.%s(%s, request.%s());"
              .formatted(
                  body.json() ? "json" : "text",
                  JavaSdk.literal(body.contentType()),
                  bodyMember.getter()));
    }
    text.line("call.configured(request.sdkRequestConfig());");
    text.line("ApiAnswer answer = caller.send(call);");
    String result = operation.result().name();
    text.line(result + " result = new " + result + "(answer.metadata());");
    JavaClass.Member content = operation.content();
    if (content != null) {
      Content declared = method.result();
      text.line(
          "result.set%s(%s);"
              .formatted(
                  JavaNames.capitalized(content.identifier()),
                  declared != null && declared.json()
                      ? types.read(declared.type(), "answer.json()")
                      : "answer.text()"));
    }
    operation
        .headers()
        .forEach(
            (header, member) ->
                text.line(
                    "result.set%s(answer.metadata().header(%s).orElse(null));"
                        .formatted(
                            JavaNames.capitalized(member.identifier()), JavaSdk.literal(header))));
    text.line("return result;");
  }

  private String requestSource(Operation operation) {
    SourceText text = head("config.SdkRequestConfig");
    JavaClass request = operation.request();
    JavaClass.writeComment(
        text, "A request of " + operation.method().verb() + " " + operation.method().path());
    text.open("public class " + request.name() + " {");
    request.writeFields(text);
    text.line("private SdkRequestConfig sdkRequestConfig = SdkRequestConfig.builder().build();");
    text.blank();
    request.writeAccessors(text);
    text.open("public SdkRequestConfig sdkRequestConfig() {");
    text.line("return sdkRequestConfig;").close("}").blank();
    text.line("/** What is wanted of this request alone. */");
    text.open(
        "public " + request.name() + " sdkRequestConfig(SdkRequestConfig sdkRequestConfig) {");
    text.line("this.sdkRequestConfig = sdkRequestConfig;").line("return this;").close("}");
    return text.close("}").toString();
  }

  private String resultSource(Operation operation) {
    SourceText text = head(null);
    JavaClass result = operation.result();
    JavaClass.writeComment(
        text, "What answers " + operation.method().verb() + " " + operation.method().path());
    text.open("public class " + result.name() + " {");
    text.line("private final SdkResponseMetadata sdkResponseMetadata;");
    result.writeFields(text);
    text.open("public " + result.name() + "(SdkResponseMetadata sdkResponseMetadata) {");
    text.line("this.sdkResponseMetadata = sdkResponseMetadata;").close("}").blank();
    text.open("public SdkResponseMetadata sdkResponseMetadata() {");
    text.line("return sdkResponseMetadata;").close("}").blank();
    result.writeAccessors(text);
    return text.close("}").toString();
  }

  private SourceText head(@Nullable String imported) {
    SourceText text = new SourceText("    ");
    text.line("package " + packageName + ".model;").blank();
    if (imported != null) {
      text.line("import " + packageName + "." + imported + ";");
    }
    text.line("import java.util.List;").line("import java.util.Map;");
    return text.blank();
  }
}
