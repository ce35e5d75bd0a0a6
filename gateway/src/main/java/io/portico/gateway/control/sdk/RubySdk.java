package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientContract;
import io.portico.gateway.control.sdk.contract.ClientMethod;
import io.portico.gateway.control.sdk.contract.ClientMethod.Content;
import io.portico.gateway.control.sdk.contract.ClientModel;
import io.portico.gateway.control.sdk.contract.ClientParameter;
import io.portico.gateway.control.sdk.contract.FieldType;
import io.portico.gateway.control.sdk.contract.UniqueNames;
import io.portico.gateway.control.sdk.contract.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Ruby SDK: a gem with a client, whose methods take and answer hashes of symbols, on Ruby's own
 * library alone.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-sdk-ruby.html">Use
 *     a Ruby SDK</a>
 */
final class RubySdk implements SdkGenerator {
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/generate-ruby-sdk-of-an-api.html.
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z]{1,100}");
  private static final Pattern GEM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}");
  private static final Pattern VERSION = Pattern.compile("[0-9]+(?:\\.[0-9A-Za-z]+){0,5}");
  private static final List<String> RUNTIME =
      List.of("errors", "http_client", "operation", "sig_v4", "structure");

  /** Keywords, and what every object has. */
  private static final Set<String> TAKEN =
      Set.of(
          ("alias and begin break case class clone def defined do dup else elsif end ensure eql extend"
                  + " false for freeze hash headers if in initialize inspect instance_of is_a"
                  + " json_members method methods module next nil not object_id or raise redo rescue retry"
                  + " return self send set status_code super then to_h to_s true undef unless until"
                  + " when while yield call operation_names")
              .split(" "));

  private static final Set<String> CONSTANTS = Set.of("Array", "Hash", "Structure", "Types");

  @Override
  public SdkFiles generate(ClientContract api, SdkParameters parameters) {
    String service = parameters.checked("service.name", "", SERVICE);
    String gem =
        parameters.checked("ruby.gem-name", service.toLowerCase(Locale.ROOT) + "-sdk", GEM);
    Map<String, ClientMethod> methods = new LinkedHashMap<>();
    UniqueNames names = new UniqueNames(Set.of());
    for (ClientMethod method : api.methods()) {
      methods.put(names.take(member(MethodNames.byOperation(method))), method);
    }
    Map<String, String> classes = new LinkedHashMap<>();
    UniqueNames classNames = new UniqueNames(CONSTANTS);
    // A model without members says nothing of what it holds: it stays a hash.
    List<ClientModel> models =
        api.models().stream().filter(model -> !model.fields().isEmpty()).toList();
    models.forEach(model -> classes.put(model.name(), classNames.take(model.name())));

    Map<String, String> values = new HashMap<>(Readme.values(api, methods));
    values.put("module", JavaNames.capitalized(service));
    values.put("gem", gem);
    values.put("version", parameters.checked("ruby.gem-version", "1.0.0", VERSION));
    values.put("summary", literal("Client of " + SourceText.markdown(api.name())));
    SdkFiles files = new SdkFiles();
    String root = gem + "/";
    files.add(root + "README.md", Template.fill("ruby/README.md", values));
    files.add(root + gem + ".gemspec", Template.fill("ruby/gem.gemspec", values));
    files.add(root + "lib/" + gem + ".rb", Template.fill("ruby/gem.rb", values));
    String library = root + "lib/" + gem + "/";
    for (String file : RUNTIME) {
      files.add(library + file + ".rb", Template.fill("ruby/" + file + ".rb", values));
    }
    files.add(library + "types.rb", types(models, JavaNames.capitalized(service), classes));
    values.put("title", comment("A client of " + api.name() + ".", "  "));
    values.put("invokeUrl", literal(api.invokeUrl()));
    values.put("region", literal(api.region()));
    values.put("operations", operations(methods, classes));
    values.put("methods", methods(methods));
    files.add(library + "client.rb", Template.fill("ruby/client.rb", values));
    return files;
  }

  private static String types(
      List<ClientModel> models, String module, Map<String, String> classes) {
    SourceText text = new SourceText("  ");
    text.line("# frozen_string_literal: true").blank();
    text.open("module " + module).line("# The API's models.").open("module Types");
    for (ClientModel model : models) {
      text.lines(
          comment(
              model.description() == null ? "The model " + model.name() + "." : model.description(),
              ""));
      text.open("class " + classes.get(model.name()) + " < Structure");
      UniqueNames names = new UniqueNames(Set.of());
      for (ClientModel.Field field : model.fields()) {
        String type = type(field.type(), classes);
        text.line(
            "member :%s, %s%s"
                .formatted(
                    names.take(member(field.name())),
                    literal(field.name()),
                    type.equals("nil") ? "" : ", " + type));
      }
      text.close("end").blank();
    }
    return text.close("end").close("end").toString();
  }

  private static String operations(Map<String, ClientMethod> methods, Map<String, String> classes) {
    SourceText text = new SourceText("  ", 3);
    int left = methods.size();
    for (Map.Entry<String, ClientMethod> entry : methods.entrySet()) {
      ClientMethod method = entry.getValue();
      List<String> arguments = new ArrayList<>();
      arguments.add(literal(method.verb()) + ", " + literal(method.path()));
      if (method.signed()) {
        arguments.add("signed: true");
      }
      UniqueNames names = new UniqueNames(Set.of());
      String parameters =
          method.parameters().stream()
              .map(each -> parameter(names.take(member(each.name())), each))
              .collect(Collectors.joining(", "));
      if (!parameters.isEmpty()) {
        arguments.add("parameters: { " + parameters + " }");
      }
      Content body = method.body();
      if (body != null) {
        arguments.add("body: " + content(names.take(contentMember(body)), body, classes));
      }
      UniqueNames results = new UniqueNames(Set.of());
      Content result =
          method.result() == null
              ? new Content("body", FieldType.Scalar.TEXT, "text/plain")
              : method.result();
      arguments.add("result: " + content(results.take(contentMember(result)), result, classes));
      String headers =
          method.resultHeaders().stream()
              .map(each -> results.take(member(each)) + ": " + literal(each))
              .collect(Collectors.joining(", "));
      if (!headers.isEmpty()) {
        arguments.add("result_headers: { " + headers + " }");
      }
      text.open(entry.getKey() + ": Operation.new(");
      for (int i = 0; i < arguments.size(); i++) {
        text.line(arguments.get(i) + (i == arguments.size() - 1 ? "" : ","));
      }
      left--;
      text.close(left == 0 ? ")" : "),");
    }
    return text.toString().stripTrailing();
  }

  private static String parameter(String name, ClientParameter parameter) {
    return "%s: Operation::Parameter.new(:%s, %s, %s)"
        .formatted(
            name,
            parameter.place().name().toLowerCase(Locale.ROOT),
            literal(parameter.name()),
            parameter.required());
  }

  private static String content(String member, Content content, Map<String, String> classes) {
    return "Operation::Content.new(:%s, %s, %s)"
        .formatted(member, literal(content.contentType()), type(content.type(), classes));
  }

  /** AWS: content goes by its model's name; source: documented, at the class. */
  private static String contentMember(Content content) {
    String model = content.modelName();
    return member(model == null || model.isEmpty() ? "body" : model);
  }

  private static String methods(Map<String, ClientMethod> methods) {
    SourceText text = new SourceText("  ", 2);
    methods.forEach(
        (name, method) -> {
          text.lines(comment(method.verb() + " " + method.path(), ""));
          text.line("#");
          UniqueNames names = new UniqueNames(Set.of());
          for (ClientParameter parameter : method.parameters()) {
            text.line(
                "# @option params [%s] :%s%s"
                    .formatted(
                        parameter.repeated() ? "Array<String>" : "String",
                        names.take(member(parameter.name())),
                        parameter.required() ? " required" : ""));
          }
          Content body = method.body();
          if (body != null) {
            text.line("# @option params [Object] :" + names.take(contentMember(body)));
          }
          text.line("# @return [Operation::Response]");
          text.open("def " + name + "(params = {})");
          text.line("call(:" + name + ", params)").close("end").blank();
        });
    return text.toString();
  }

  private static String type(FieldType type, Map<String, String> classes) {
    return switch (type) {
      case FieldType.Scalar scalar -> "nil";
      case FieldType.Any any -> "nil";
      case FieldType.ListOf list -> {
        String element = type(list.element(), classes);
        yield element.equals("nil") ? "nil" : "[" + element + "]";
      }
      case FieldType.MapOf map -> {
        String value = type(map.value(), classes);
        yield value.equals("nil") ? "nil" : "{ value: " + value + " }";
      }
      case FieldType.Modelled modelled -> {
        String name = classes.get(modelled.model().name());
        yield name == null ? "nil" : "-> { Types::" + name + " }";
      }
    };
  }

  private static String member(String name) {
    String snake = Words.snake(name);
    return TAKEN.contains(snake) ? snake + "_" : snake;
  }

  private static String comment(String value, String indent) {
    return SourceText.comment(value).stream()
        .map(line -> (indent + "# " + line).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /** In double quotes, where {@code #} would begin an expression. */
  private static String literal(String value) {
    return SourceText.quoted(value, SourceText::inBraces).replace("#", "\\#");
  }
}
