package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientContract;
import io.portico.gateway.control.sdk.contract.ClientMethod;
import io.portico.gateway.control.sdk.contract.ClientParameter;
import io.portico.gateway.control.sdk.contract.ClientParameter.Place;
import io.portico.gateway.control.sdk.contract.UniqueNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JavaScript SDK: {@code apigClientFactory.newClient(…)} and one function a method, for pages
 * and Node.js.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk-javascript.html">Use
 *     a JavaScript SDK</a>
 */
final class JavaScriptSdk implements SdkGenerator {
  private static final List<String> CORE =
      List.of("apiGatewayClient", "namespace", "sigV4Client", "simpleHttpClient", "utils");

  @Override
  public SdkFiles generate(ClientContract api, SdkParameters parameters) {
    Map<String, ClientMethod> methods = named(api);
    SdkFiles files = new SdkFiles();
    // AWS: an API of ANY methods alone gets no client; source: documented, at the class.
    if (!methods.isEmpty()) {
      files.add("apigClient.js", client(api, methods));
    }
    for (String script : CORE) {
      files.add(
          "lib/apiGatewayCore/" + script + ".js",
          Template.fill("javascript/" + script + ".js", Map.of()));
    }
    files.add("package.json", Template.fill("javascript/package.json", Map.of()));
    files.add("README.md", Template.fill("javascript/README.md", Readme.values(api, methods)));
    return files;
  }

  private static Map<String, ClientMethod> named(ClientContract api) {
    UniqueNames names = new UniqueNames(Set.of());
    Map<String, ClientMethod> named = new LinkedHashMap<>();
    api.methods().forEach(method -> named.put(names.take(MethodNames.byPath(method)), method));
    return named;
  }

  private static String client(ClientContract api, Map<String, ClientMethod> methods) {
    SourceText functions = new SourceText("  ", 1);
    methods.forEach((name, method) -> function(functions, name, method));
    return Template.fill(
        "javascript/apigClient.js",
        Map.of(
            "title",
            SourceText.comment("Client of " + api.name()).stream()
                .map(line -> (" * " + line).stripTrailing())
                .collect(Collectors.joining("\n")),
            "region",
            literal(api.region()),
            "invokeUrl",
            literal(api.invokeUrl()),
            "methods",
            functions.toString()));
  }

  private static void function(SourceText text, String name, ClientMethod method) {
    text.line("/** " + SourceText.comment(method.verb() + " " + method.path()).getFirst() + " */");
    text.open("apigClient." + name + " = function (params, body, additionalParams) {");
    text.open("return apiGatewayClient.call(");
    text.open("{");
    text.line("verb: " + literal(method.verb()) + ",");
    text.line("path: " + literal(method.path()) + ",");
    text.line("queryParams: " + names(method.in(Place.QUERY)) + ",");
    text.line("headers: " + names(method.in(Place.HEADER)) + ",");
    text.line(
        "required: "
            + names(method.parameters().stream().filter(ClientParameter::required).toList()));
    text.close("},");
    text.line("params,").line("body,").line("additionalParams");
    text.close(");");
    text.close("};").blank();
  }

  private static String names(List<ClientParameter> parameters) {
    return parameters.stream()
        .map(parameter -> literal(parameter.name()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String literal(String value) {
    return SourceText.quoted(value, SourceText::utf16);
  }
}
