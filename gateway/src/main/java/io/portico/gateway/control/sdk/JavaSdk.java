package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientContract;
import io.portico.gateway.control.sdk.contract.ClientModel;
import io.portico.gateway.control.sdk.contract.UniqueNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Java SDK: a project of Maven or Gradle with an interface of the service, its builder, a
 * request and a result for each method, and the API's models.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-apigateway-generated-java-sdk.html">Use
 *     a Java SDK</a>
 */
final class JavaSdk implements SdkGenerator {
  // AWS: source: documented, at the class.
  private static final String FOLDER = "generated-code/";
  private static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
  private static final Pattern BUILD_SYSTEM = Pattern.compile("maven|gradle");
  private static final Map<String, String> RUNTIME =
      Map.ofEntries(
          Map.entry("auth/AwsCredentials", "AwsCredentials"),
          Map.entry("auth/AwsCredentialsProvider", "AwsCredentialsProvider"),
          Map.entry("config/SdkRequestConfig", "SdkRequestConfig"),
          Map.entry("config/TimeoutConfiguration", "TimeoutConfiguration"),
          Map.entry("internal/ApiAnswer", "ApiAnswer"),
          Map.entry("internal/ApiCall", "ApiCall"),
          Map.entry("internal/ApiCaller", "ApiCaller"),
          Map.entry("internal/Json", "Json"),
          Map.entry("internal/JsonObject", "JsonObject"),
          Map.entry("internal/SigV4Signer", "SigV4Signer"),
          Map.entry("model/SdkResponseMetadata", "SdkResponseMetadata"),
          Map.entry("model/{service}Exception", "ServiceException"),
          Map.entry("{service}ClientBuilder", "ServiceClientBuilder"));

  @Override
  public SdkFiles generate(ClientContract api, SdkParameters parameters) {
    String service = name(parameters, "service.name", false);
    String packageName = name(parameters, "java.package-name", true);
    String license = license(parameters.given("java.license-text"));
    Map<String, String> values = new HashMap<>();
    values.put("service", service);
    values.put("package", packageName);
    values.put("license", license);
    values.put("region", literal(api.region()));
    values.put("invokeUrl", literal(api.invokeUrl()));

    String sources = FOLDER + "src/main/java/" + packageName.replace('.', '/') + "/";
    SdkFiles files = new SdkFiles();
    RUNTIME.forEach(
        (path, template) ->
            files.add(
                sources + path.replace("{service}", service) + ".java",
                Template.fill("java/" + template + ".java", values)));

    List<ClientModel> models =
        api.models().stream().filter(model -> !model.fields().isEmpty()).toList();
    UniqueNames names = new UniqueNames(reserved(service));
    JavaTypes types =
        new JavaTypes(models, models.stream().map(model -> names.take(model.name())).toList());
    JavaOperations operations = new JavaOperations(service, packageName, license, types, names);
    api.methods().forEach(operations::add);
    operations.write(files, sources);
    JavaModels.write(files, sources, packageName, license, models, types);
    project(files, api, parameters, values, operations);
    return files;
  }

  private static List<String> reserved(String service) {
    List<String> reserved = new ArrayList<>(JavaNames.TYPES_IN_USE);
    reserved.addAll(
        List.of(service, service + "Client", service + "ClientBuilder", service + "Exception"));
    return reserved;
  }

  private static String name(SdkParameters parameters, String property, boolean isPackage) {
    String value = String.valueOf(parameters.given(property));
    if (isPackage ? !JavaNames.isPackage(value) : !JavaNames.isService(value)) {
      throw SdkParameters.invalid(property, value);
    }
    return value;
  }

  /** The head of every source file; empty where there is no text. */
  private static String license(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return SourceText.comment(text).stream()
        .map(line -> (" * " + line).stripTrailing())
        .collect(Collectors.joining("\n", "/*\n", "\n */\n"));
  }

  static String literal(String value) {
    return SourceText.quoted(value, SourceText::utf16);
  }

  private static void project(
      SdkFiles files,
      ClientContract api,
      SdkParameters parameters,
      Map<String, String> values,
      JavaOperations operations) {
    boolean gradle =
        parameters.checked("java.build-system", "maven", BUILD_SYSTEM).equals("gradle");
    Map<String, String> project = new HashMap<>(values);
    project.put(
        "groupId",
        parameters.checked("java.group-id", values.getOrDefault("package", ""), COORDINATE));
    project.put(
        "artifactId",
        parameters.checked("java.artifact-id", values.getOrDefault("service", ""), COORDINATE));
    project.put(
        "artifactVersion", parameters.checked("java.artifact-version", "1.0-SNAPSHOT", COORDINATE));
    project.put("description", SourceText.xml("Client of " + api.name()));
    project.putAll(Readme.values(api, operations.methods()));
    project.put("build", gradle ? "gradle publishToMavenLocal" : "mvn install");
    if (gradle) {
      files.add(FOLDER + "build.gradle", Template.fill("java/build.gradle", project));
      files.add(FOLDER + "settings.gradle", Template.fill("java/settings.gradle", project));
    } else {
      files.add(FOLDER + "pom.xml", Template.fill("java/pom.xml", project));
    }
    files.add(FOLDER + "README.md", Template.fill("java/README.md", project));
  }
}
