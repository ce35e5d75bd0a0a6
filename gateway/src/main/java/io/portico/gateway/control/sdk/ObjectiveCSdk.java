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
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The iOS SDK in Objective-C, on the AWS Mobile SDK: a client whose methods return an {@code
 * AWSTask}, and the API's models.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-use-sdk-ios-objc.html">Use
 *     an iOS SDK (Objective-C)</a>
 */
final class ObjectiveCSdk implements SdkGenerator {
  private static final String SOURCES = "generated-src/";

  @Override
  public SdkFiles generate(ClientContract api, SdkParameters parameters) {
    AppleNames names = AppleNames.of(api, parameters);
    SdkFiles files = new SdkFiles();
    for (ClientModel model : api.models()) {
      String name = names.classes().getOrDefault(model.name(), "");
      Map<ClientModel.Field, String> members = members(model);
      files.add(SOURCES + name + ".h", modelHeader(model, name, members, names));
      files.add(SOURCES + name + ".m", modelSource(name, members, names));
    }
    SourceText header = new SourceText("    ");
    SourceText source = new SourceText("    ");
    names
        .methods()
        .forEach(
            (name, method) -> {
              Map<ClientParameter, String> arguments = arguments(method);
              String signature = signature(name, method, arguments, names);
              header.lines(comment(method.verb() + " " + method.path()));
              header.line(signature + ";").blank();
              method(source, signature, method, arguments, names);
            });
    Map<String, String> values = new HashMap<>(Readme.values(api, names.methods()));
    values.put("client", names.client());
    files.add("README.md", Template.fill("objectivec/README.md", values));
    files.add("Podfile", Template.fill("objectivec/Podfile", Map.of()));
    values.put("title", comment("A client of " + api.name() + "."));
    values.put("invokeUrl", literal(api.invokeUrl()));
    values.put(
        "imports",
        names.classes().values().stream()
            .map(each -> "#import \"" + each + ".h\"\n")
            .collect(Collectors.joining()));
    values.put("methods", header.toString());
    files.add(SOURCES + names.client() + ".h", Template.fill("objectivec/Client.h", values));
    values.put("methods", source.toString());
    files.add(SOURCES + names.client() + ".m", Template.fill("objectivec/Client.m", values));
    return files;
  }

  private static Map<ClientParameter, String> arguments(ClientMethod method) {
    UniqueNames taken =
        new UniqueNames(Set.of("body", "headerParameters", "pathParameters", "queryParameters"));
    Map<ClientParameter, String> arguments = new LinkedHashMap<>();
    for (ClientParameter parameter : method.parameters()) {
      arguments.put(parameter, taken.take(AppleNames.member(parameter.name())));
    }
    return arguments;
  }

  /** AWS: the first argument has no label of its own; source: documented, at the class. */
  private static String signature(
      String name, ClientMethod method, Map<ClientParameter, String> arguments, AppleNames names) {
    StringBuilder signature = new StringBuilder("- (AWSTask *)" + name);
    String label = "";
    for (Map.Entry<ClientParameter, String> argument : arguments.entrySet()) {
      signature
          .append(label.isEmpty() ? "" : " " + argument.getValue())
          .append(argument.getKey().required() ? ":(" : ":(nullable ")
          .append(type(argument.getKey().type(), names))
          .append(')')
          .append(argument.getValue());
      label = argument.getValue();
    }
    if (takesBody(method)) {
      Content body = method.body();
      signature
          .append(label.isEmpty() ? "" : " body")
          .append(":(")
          .append(body == null ? "id" : type(body.type(), names))
          .append(")body");
    }
    return signature.toString();
  }

  private static boolean takesBody(ClientMethod method) {
    Content body = method.body();
    return body != null && body.modelName() != null;
  }

  private static void method(
      SourceText text,
      String signature,
      ClientMethod method,
      Map<ClientParameter, String> arguments,
      AppleNames names) {
    Content body = method.body();
    Content result = method.result();
    String answerClass = result == null ? null : names.answerClass(result.type());
    text.open(signature + " {");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Content-Type", "@" + literal(body == null ? "application/json" : body.contentType()));
    headers.put("Accept", "@" + literal("application/json"));
    headers.putAll(entries(arguments, Place.HEADER));
    dictionary(text, "headerParameters", headers);
    dictionary(text, "queryParameters", entries(arguments, Place.QUERY));
    dictionary(text, "pathParameters", entries(arguments, Place.PATH));
    text.blank();
    text.line("return [self invokeHTTPRequest:@" + literal(method.verb()));
    text.line("                     URLString:@" + literal(method.plainPath()));
    text.line("                pathParameters:pathParameters");
    text.line("               queryParameters:queryParameters");
    text.line("              headerParameters:headerParameters");
    text.line("                          body:" + (takesBody(method) ? "body" : "nil"));
    text.line(
        "                 responseClass:"
            + (answerClass == null ? "nil" : "[" + answerClass + " class]")
            + "];");
    text.close("}").blank();
  }

  private static Map<String, String> entries(Map<ClientParameter, String> arguments, Place place) {
    Map<String, String> entries = new LinkedHashMap<>();
    arguments.forEach(
        (parameter, argument) -> {
          if (parameter.place() == place) {
            entries.put(parameter.name(), argument);
          }
        });
    return entries;
  }

  /** A dictionary without what is not set: a literal must not have nil in it. */
  private static void dictionary(SourceText text, String name, Map<String, String> entries) {
    text.line("NSMutableDictionary *" + name + " = [NSMutableDictionary new];");
    entries.forEach(
        (key, value) ->
            text.line("[" + name + " setValue:" + value + " forKey:@" + literal(key) + "];"));
  }

  private static Map<ClientModel.Field, String> members(ClientModel model) {
    UniqueNames taken = new UniqueNames(Set.of());
    Map<ClientModel.Field, String> members = new LinkedHashMap<>();
    model
        .fields()
        .forEach(field -> members.put(field, taken.take(AppleNames.member(field.name()))));
    return members;
  }

  /** The classes of the members, but for the model's own. */
  private static Set<String> others(
      String name, Map<ClientModel.Field, String> members, AppleNames names) {
    Set<String> others = new TreeSet<>();
    for (ClientModel.Field field : members.keySet()) {
      String other = names.answerClass(field.type());
      if (other != null && !other.equals(name)) {
        others.add(other);
      }
    }
    return others;
  }

  private static String modelHeader(
      ClientModel model, String name, Map<ClientModel.Field, String> members, AppleNames names) {
    SourceText text = new SourceText("    ");
    text.line("#import <AWSCore/AWSCore.h>").line("#import <Foundation/Foundation.h>").blank();
    others(name, members, names).forEach(each -> text.line("@class " + each + ";"));
    text.blank();
    text.lines(
        comment(
            model.description() == null ? "The model " + model.name() + "." : model.description()));
    text.line("@interface " + name + " : AWSModel").blank();
    members.forEach(
        (field, member) ->
            text.line(
                "@property (nonatomic, strong, nullable) "
                    + type(field.type(), names)
                    + (type(field.type(), names).endsWith("*") ? "" : " ")
                    + member
                    + ";"));
    return text.blank().line("@end").toString();
  }

  private static String modelSource(
      String name, Map<ClientModel.Field, String> members, AppleNames names) {
    SourceText text = new SourceText("    ");
    text.line("#import \"" + name + ".h\"");
    others(name, members, names).forEach(each -> text.line("#import \"" + each + ".h\""));
    text.blank().line("@implementation " + name).blank();
    text.open("+ (NSDictionary *)JSONKeyPathsByPropertyKey {").open("return @{");
    members.forEach(
        (field, member) -> text.line("@\"" + member + "\": @" + literal(field.name()) + ","));
    text.close("};").close("}");
    members.forEach(
        (field, member) -> {
          String transformed = names.answerClass(field.type());
          if (transformed != null) {
            String kind = field.type() instanceof FieldType.ListOf ? "Array" : "Dictionary";
            text.blank();
            text.open("+ (NSValueTransformer *)" + member + "JSONTransformer {");
            text.line(
                "return [NSValueTransformer awsmtl_JSON%sTransformerWithModelClass:[%s class]];"
                    .formatted(kind, transformed));
            text.close("}");
          }
        });
    return text.blank().line("@end").toString();
  }

  private static String type(FieldType type, AppleNames names) {
    return switch (type) {
      case Scalar scalar -> scalar == Scalar.TEXT ? "NSString *" : "NSNumber *";
      case FieldType.ListOf list -> "NSArray *";
      case FieldType.MapOf map -> "NSDictionary *";
      case FieldType.Modelled modelled -> {
        String name = names.classOf(modelled);
        yield name == null ? "id" : name + " *";
      }
      case FieldType.Any any -> "id";
    };
  }

  private static String comment(String value) {
    return SourceText.comment(value).stream()
        .map(line -> (" * " + line).stripTrailing())
        .collect(Collectors.joining("\n", "/**\n", "\n */"));
  }

  private static String literal(String value) {
    return SourceText.quoted(value, ObjectiveCSdk::octal);
  }

  /** The character's bytes in UTF-8: C has no other form that takes every character. */
  private static String octal(int codePoint) {
    StringBuilder bytes = new StringBuilder();
    for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      bytes.append("\\%03o".formatted(octet & 0xff));
    }
    return bytes.toString();
  }
}
