package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientContract;
import io.portico.gateway.control.sdk.contract.ClientMethod;
import io.portico.gateway.control.sdk.contract.ClientMethod.Content;
import io.portico.gateway.control.sdk.contract.ClientModel;
import io.portico.gateway.control.sdk.contract.ClientParameter;
import io.portico.gateway.control.sdk.contract.FieldType;
import io.portico.gateway.control.sdk.contract.FieldType.Scalar;
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

/**
 * The Android SDK: a project of Maven with an interface that the AWS Mobile SDK's {@code
 * ApiClientFactory} makes a client of, and the API's models.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk-android.html">Use
 *     an Android SDK</a>
 */
final class AndroidSdk implements SdkGenerator {
  private static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
  private static final String RUNTIME = "com.amazonaws.mobileconnectors.apigateway.";
  private static final Set<String> TYPES_IN_USE =
      Set.of(
          "BigDecimal", "Boolean", "Integer", "List", "Map", "Object", "SerializedName", "String");

  @Override
  public SdkFiles generate(ClientContract api, SdkParameters parameters) {
    String packageName = parameters.checked("invokerPackage", "", Pattern.compile("[\\w.]+"));
    if (!JavaNames.isPackage(packageName)) {
      throw SdkParameters.invalid("invokerPackage", packageName);
    }
    UniqueNames typeNames = new UniqueNames(TYPES_IN_USE);
    String client = typeNames.take(Words.pascal(api.name()) + "Client");
    Map<String, String> classes = new LinkedHashMap<>();
    api.models().forEach(model -> classes.put(model.name(), typeNames.take(model.name())));

    String sources = "src/main/java/" + packageName.replace('.', '/') + "/";
    SdkFiles files = new SdkFiles();
    for (ClientModel model : api.models()) {
      String name = classes.getOrDefault(model.name(), "");
      files.add(
          sources + "model/" + name + ".java", modelSource(packageName, model, name, classes));
    }
    Map<String, ClientMethod> methods = new LinkedHashMap<>();
    UniqueNames methodNames = new UniqueNames(Set.of("execute"));
    for (ClientMethod method : api.methods()) {
      methods.put(methodNames.take(MethodNames.byPath(method)), method);
    }
    files.add(sources + client + ".java", clientSource(api, packageName, client, methods, classes));
    project(files, api, parameters, client, methods);
    return files;
  }

  private static void project(
      SdkFiles files,
      ClientContract api,
      SdkParameters parameters,
      String client,
      Map<String, ClientMethod> methods) {
    Map<String, String> values = new HashMap<>();
    for (String coordinate : List.of("groupId", "artifactId", "artifactVersion")) {
      values.put(coordinate, parameters.checked(coordinate, "", COORDINATE));
    }
    values.put("description", SourceText.xml("Client of " + api.name()));
    values.put("client", client);
    values.put("region", SourceText.markdown(api.region()));
    values.putAll(Readme.values(api, methods));
    files.add("pom.xml", Template.fill("android/pom.xml", values));
    files.add("README.md", Template.fill("android/README.md", values));
  }

  private static String clientSource(
      ClientContract api,
      String packageName,
      String client,
      Map<String, ClientMethod> methods,
      Map<String, String> classes) {
    SourceText text = new SourceText("    ");
    text.line("package " + packageName + ";").blank();
    classes.values().forEach(name -> text.line("import " + packageName + ".model." + name + ";"));
    text.line("import java.util.List;").line("import java.util.Map;").blank();
    JavaClass.writeComment(text, "A client of " + api.name() + ".");
    text.line(
        "@%sannotation.Service(endpoint = %s)"
            .formatted(RUNTIME, JavaSdk.literal(api.invokeUrl())));
    text.open("public interface " + client + " {");
    text.line("/** Calls any method. */");
    text.line(RUNTIME + "ApiResponse execute(" + RUNTIME + "ApiRequest request);");
    methods.forEach((name, method) -> method(text.blank(), name, method, classes));
    return text.close("}").toString();
  }

  private static void method(
      SourceText text, String name, ClientMethod method, Map<String, String> classes) {
    JavaClass.writeComment(text, method.verb() + " " + method.path());
    text.line(
        "@%sannotation.Operation(path = %s, method = %s)"
            .formatted(
                RUNTIME, JavaSdk.literal(method.plainPath()), JavaSdk.literal(method.verb())));
    UniqueNames names = new UniqueNames(Set.of());
    List<String> arguments = new ArrayList<>();
    for (ClientParameter parameter : method.parameters()) {
      arguments.add(
          "@%sannotation.Parameter(name = %s, location = \"%s\") %s %s"
              .formatted(
                  RUNTIME,
                  JavaSdk.literal(parameter.name()),
                  parameter.place().name().toLowerCase(Locale.ROOT),
                  type(parameter.type(), classes),
                  names.take(JavaNames.member(parameter.name()))));
    }
    Content body = method.body();
    // AWS: a method takes a body where a model says which; source: SDKs in public repositories.
    if (body != null && body.modelName() != null) {
      arguments.add(type(body.type(), classes) + " " + names.take("body"));
    }
    Content result = method.result();
    String returned = result == null ? "void" : type(result.type(), classes);
    if (arguments.isEmpty()) {
      text.line(returned + " " + name + "();");
    } else {
      text.line(returned + " " + name + "(");
      text.lines("        " + String.join(",\n        ", arguments) + ");");
    }
  }

  private static String modelSource(
      String packageName, ClientModel model, String name, Map<String, String> classes) {
    SourceText text = new SourceText("    ");
    text.line("package " + packageName + ".model;").blank();
    text.line("import com.google.gson.annotations.SerializedName;");
    text.line("import java.math.BigDecimal;");
    text.line("import java.util.List;").line("import java.util.Map;").blank();
    JavaClass.writeComment(
        text,
        model.description() == null ? "The model " + model.name() + "." : model.description());
    text.open("public class " + name + " {");
    UniqueNames names = new UniqueNames(Set.of());
    Map<ClientModel.Field, String> members = new LinkedHashMap<>();
    model.fields().forEach(field -> members.put(field, names.take(JavaNames.member(field.name()))));
    members.forEach(
        (field, member) -> {
          text.line("@SerializedName(" + JavaSdk.literal(field.name()) + ")");
          text.line("private " + type(field.type(), classes) + " " + member + " = null;").blank();
        });
    members.forEach(
        (field, member) -> {
          String type = type(field.type(), classes);
          String capitalized = JavaNames.capitalized(member);
          text.open("public " + type + " get" + capitalized + "() {");
          text.line("return " + member + ";").close("}").blank();
          text.open("public void set" + capitalized + "(" + type + " " + member + ") {");
          text.line("this." + member + " = " + member + ";").close("}").blank();
        });
    return text.close("}").toString();
  }

  private static String type(FieldType type, Map<String, String> classes) {
    return switch (type) {
      case Scalar scalar ->
          switch (scalar) {
            case TEXT -> "String";
            case INTEGER -> "Integer";
            case NUMBER -> "BigDecimal";
            case BOOLEAN -> "Boolean";
          };
      case FieldType.ListOf list -> "List<" + type(list.element(), classes) + ">";
      case FieldType.MapOf map -> "Map<String, " + type(map.value(), classes) + ">";
      case FieldType.Modelled modelled -> classes.getOrDefault(modelled.model().name(), "Object");
      case FieldType.Any any -> "Object";
    };
  }
}
