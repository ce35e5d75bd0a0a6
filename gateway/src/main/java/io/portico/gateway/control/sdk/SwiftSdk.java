package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientContract;
import io.portico.gateway.control.sdk.contract.ClientMethod;
import io.portico.gateway.control.sdk.contract.ClientMethod.Content;
import io.portico.gateway.control.sdk.contract.ClientModel;
import io.portico.gateway.control.sdk.contract.ClientParameter;
import io.portico.gateway.control.sdk.contract.ClientParameter.Place;
import io.portico.gateway.control.sdk.contract.FieldType;
import io.portico.gateway.control.sdk.contract.FieldType.Scalar;
import io.portico.gateway.control.sdk.contract.UniqueNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The iOS SDK in Swift, on the AWS Mobile SDK: a client whose methods return an {@code AWSTask},
 * and the API's models.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk-ios-swift.html">Use
 *     an iOS SDK (Swift)</a>
 */
final class SwiftSdk implements SdkGenerator {
  private static final String SOURCES = "generated-src/";

  @Override
  public SdkFiles generate(ClientContract api, SdkParameters parameters) {
    AppleNames names = AppleNames.of(api, parameters);
    SdkFiles files = new SdkFiles();
    for (ClientModel model : api.models()) {
      String name = names.classes().getOrDefault(model.name(), "");
      files.add(SOURCES + name + ".swift", modelSource(model, name, names));
    }
    SourceText methods = new SourceText("    ", 1);
    names.methods().forEach((name, method) -> method(methods, name, method, names));
    Map<String, String> values = new HashMap<>(Readme.values(api, names.methods()));
    values.put("client", names.client());
    files.add("README.md", Template.fill("swift/README.md", values));
    files.add("Podfile", Template.fill("swift/Podfile", Map.of()));
    files.add(SOURCES + "Bridging_Header.h", Template.fill("swift/Bridging_Header.h", Map.of()));
    values.put("title", comment("A client of " + api.name() + "."));
    values.put("invokeUrl", literal(api.invokeUrl()));
    values.put("methods", methods.toString().stripTrailing());
    files.add(SOURCES + names.client() + ".swift", Template.fill("swift/Client.swift", values));
    return files;
  }

  private static void method(SourceText text, String name, ClientMethod method, AppleNames names) {
    UniqueNames taken =
        new UniqueNames(Set.of("headerParameters", "pathParameters", "queryParameters"));
    Map<ClientParameter, String> parameters = new LinkedHashMap<>();
    List<String> arguments = new ArrayList<>();
    for (ClientParameter parameter : method.parameters()) {
      String member = taken.take(AppleNames.member(parameter.name()));
      parameters.put(parameter, member);
      arguments.add(
          member + ": " + type(parameter.type(), names) + (parameter.required() ? "" : "?"));
    }
    Content body = method.body();
    String bodyMember = null;
    if (body != null && body.modelName() != null) {
      bodyMember = taken.take("body");
      arguments.add(bodyMember + ": " + type(body.type(), names));
    }
    Content result = method.result();
    String answerClass = result == null ? null : names.answerClass(result.type());
    String returned =
        result != null && result.type() instanceof FieldType.ListOf
            ? "NSArray"
            : answerClass == null ? "AnyObject" : answerClass;

    text.lines(comment(method.verb() + " " + method.path()));
    text.open(
        "public func %s(%s) -> AWSTask<%s> {"
            .formatted(name, String.join(", ", arguments), returned));
    dictionary(text, "headerParameters", headers(parameters, method));
    dictionary(text, "queryParameters", entries(parameters, Place.QUERY));
    dictionary(text, "pathParameters", entries(parameters, Place.PATH));
    text.open("return self.invokeHTTPRequest(");
    text.line(literal(method.verb()) + ",").line("urlString: " + literal(method.plainPath()) + ",");
    text.line("pathParameters: pathParameters,").line("queryParameters: queryParameters,");
    text.line("headerParameters: headerParameters,");
    text.line("body: " + (bodyMember == null ? "nil" : bodyMember) + ",");
    text.line("responseClass: " + (answerClass == null ? "nil" : answerClass + ".self"));
    text.close(returned.equals("AnyObject") ? ")" : ") as! AWSTask<" + returned + ">");
    text.close("}").blank();
  }

  private static Map<String, String> headers(
      Map<ClientParameter, String> parameters, ClientMethod method) {
    Map<String, String> headers = new LinkedHashMap<>();
    Content body = method.body();
    headers.put("Content-Type", literal(body == null ? "application/json" : body.contentType()));
    headers.put("Accept", literal("application/json"));
    headers.putAll(entries(parameters, Place.HEADER));
    return headers;
  }

  private static Map<String, String> entries(Map<ClientParameter, String> parameters, Place place) {
    Map<String, String> entries = new LinkedHashMap<>();
    parameters.forEach(
        (parameter, member) -> {
          if (parameter.place() == place) {
            entries.put(parameter.name(), member);
          }
        });
    return entries;
  }

  /** A dictionary from which what is not set is left out. */
  private static void dictionary(SourceText text, String name, Map<String, String> entries) {
    text.line((entries.isEmpty() ? "let " : "var ") + name + ": [String: Any] = [:]");
    entries.forEach((key, value) -> text.line(name + "[" + literal(key) + "] = " + value));
  }

  private static String modelSource(ClientModel model, String name, AppleNames names) {
    SourceText text = new SourceText("    ");
    text.line("import AWSCore").line("import Foundation").blank();
    text.lines(
        comment(
            model.description() == null ? "The model " + model.name() + "." : model.description()));
    text.line("@objcMembers").open("public class " + name + ": AWSModel {");
    UniqueNames taken = new UniqueNames(Set.of());
    Map<ClientModel.Field, String> members = new LinkedHashMap<>();
    model
        .fields()
        .forEach(field -> members.put(field, taken.take(AppleNames.member(field.name()))));
    members.forEach(
        (field, member) ->
            text.line("public var " + member + ": " + type(field.type(), names) + "?"));
    if (!members.isEmpty()) {
      text.blank();
    }
    text.open("public override static func jsonKeyPathsByPropertyKey() -> [AnyHashable: Any]! {");
    text.line(
        members.entrySet().stream()
            .map(each -> literal(each.getValue()) + ": " + literal(each.getKey().name()))
            .collect(Collectors.joining(", ", "return [", members.isEmpty() ? ":]" : "]")));
    text.close("}");
    members.forEach(
        (field, member) -> {
          String transformed = names.answerClass(field.type());
          if (transformed != null) {
            boolean list = field.type() instanceof FieldType.ListOf;
            text.blank();
            text.open("class func " + member + "JSONTransformer() -> ValueTransformer {");
            text.line(
                "return ValueTransformer.awsmtl_JSON%sTransformer(withModelClass: %s.self)"
                    .formatted(list ? "Array" : "Dictionary", transformed));
            text.close("}");
          }
        });
    return text.close("}").toString();
  }

  private static String type(FieldType type, AppleNames names) {
    return switch (type) {
      case Scalar scalar -> scalar == Scalar.TEXT ? "String" : "NSNumber";
      case FieldType.ListOf list -> "[" + type(list.element(), names) + "]";
      case FieldType.MapOf map -> "[String: " + type(map.value(), names) + "]";
      case FieldType.Modelled modelled -> {
        String name = names.classOf(modelled);
        yield name == null ? "Any" : name;
      }
      case FieldType.Any any -> "Any";
    };
  }

  private static String comment(String value) {
    return SourceText.comment(value).stream()
        .map(line -> ("/// " + line).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static String literal(String value) {
    return SourceText.quoted(value, SourceText::inBraces);
  }
}
