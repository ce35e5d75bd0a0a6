package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What is in the zips of SDKs, above all of those that no compiler is at hand for. */
final class GeneratedSdkFilesTest {
  private static final Map<String, String> JAVA =
      Map.of(
          "serviceName", "PetStore",
          "javaPackageName", "example.pets",
          "groupId", "com.example",
          "artifactId", "pets",
          "artifactVersion", "2.0",
          "java.license-text", "Ours.");

  @Test
  void theJavaProjectHasItsCoordinates() throws Exception {
    GeneratedSdk sdk = GeneratedSdk.of("pets.yaml", "java", JAVA);

    Document pom = xml(sdk.file("generated-code/pom.xml"));

    assertThat(text(pom, "groupId")).isEqualTo("com.example");
    assertThat(text(pom, "artifactId")).isEqualTo("pets");
    assertThat(text(pom, "version")).isEqualTo("2.0");
    assertThat(text(pom, "name")).isEqualTo("PetStore");
    assertThat(pom.getElementsByTagName("dependency").getLength()).isZero();
    assertThat(sdk.file("generated-code/src/main/java/example/pets/PetStore.java"))
        .startsWith("/*\n * Ours.\n */\npackage example.pets;\n")
        .contains("GetPetResult getPet(GetPetRequest request);");
    assertThat(sdk.file("generated-code/src/main/java/example/pets/PetStoreClientBuilder.java"))
        .contains("\"https://id00000001.execute-api.eu-west-1.amazonaws.com/prod\"");
  }

  @Test
  void theJavaProjectMayBeGradles() {
    GeneratedSdk sdk =
        GeneratedSdk.of(
            "pets.yaml",
            "java",
            Map.of(
                "service.name", "Pets",
                "java.package-name", "example.pets",
                "java.build-system", "gradle"));

    assertThat(sdk.files()).doesNotContainKey("generated-code/pom.xml");
    assertThat(sdk.file("generated-code/build.gradle")).contains("version = '1.0-SNAPSHOT'");
    assertThat(sdk.file("generated-code/settings.gradle")).isEqualTo("rootProject.name = 'Pets'\n");
  }

  @Test
  void theAndroidProjectHasTheRuntimesAnnotations() throws Exception {
    GeneratedSdk sdk =
        GeneratedSdk.of(
            "pets.yaml",
            "android",
            Map.of(
                "groupId", "com.example",
                "artifactId", "pets",
                "artifactVersion", "1.0.0",
                "invokerPackage", "com.example.pets"));

    Document pom = xml(sdk.file("pom.xml"));

    assertThat(text(pom, "artifactId")).isEqualTo("pets");
    assertThat(sdk.file("src/main/java/com/example/pets/PetStoreClient.java"))
        .contains(
            "@com.amazonaws.mobileconnectors.apigateway.annotation.Service(endpoint ="
                + " \"https://id00000001.execute-api.eu-west-1.amazonaws.com/prod\")",
            "Operation(path = \"/pets/{petId}\", method = \"GET\")",
            "    Pet petsPetIdGet(",
            "Parameter(name = \"X-Tenant\", location = \"header\") String xTenant",
            "    Pet petsPost(\n            Pet body);")
        .doesNotContain("PetIdAny");
    assertThat(sdk.file("src/main/java/com/example/pets/model/Pet.java"))
        .contains(
            "@SerializedName(\"odd name\")",
            "private List<PetTagsItem> tags = null;",
            "public BigDecimal getWeight()");
  }

  @Test
  void theSwiftClientIsOneOfTheMobileSdk() {
    GeneratedSdk sdk = GeneratedSdk.of("pets.yaml", "swift", Map.of("classPrefix", "PET"));

    assertThat(sdk.files().keySet())
        .containsExactly(
            "Podfile",
            "README.md",
            "generated-src/Bridging_Header.h",
            "generated-src/PETEmpty.swift",
            "generated-src/PETOwner.swift",
            "generated-src/PETPet.swift",
            "generated-src/PETPetStoreClient.swift",
            "generated-src/PETPetTagsItem.swift");
    assertThat(sdk.file("generated-src/PETPetStoreClient.swift"))
        .contains(
            "public class PETPetStoreClient: AWSAPIGatewayClient {",
            "public func petsGet(type: String, page: String?, xTenant: String) -> AWSTask<NSArray> {",
            "public func petsPost(body: PETPet) -> AWSTask<PETPet> {",
            "headerParameters[\"X-Tenant\"] = xTenant",
            "urlString: \"/files/{path}\",",
            ") as! AWSTask<PETPet>");
    assertThat(sdk.file("generated-src/PETPet.swift"))
        .contains(
            "public var _class: String?",
            "public var owner: PETOwner?",
            "\"_class\": \"class\"",
            "class func tagsJSONTransformer() -> ValueTransformer {");
  }

  @Test
  void theObjectiveCClientIsOneOfTheMobileSdk() {
    GeneratedSdk sdk = GeneratedSdk.of("pets.yaml", "objectivec", Map.of("classPrefix", "PET"));

    assertThat(sdk.file("generated-src/PETPetStoreClient.h"))
        .contains(
            "@interface PETPetStoreClient : AWSAPIGatewayClient",
            "#import \"PETPet.h\"",
            "- (AWSTask *)petsGet:(NSString *)type page:(nullable NSString *)page"
                + " xTenant:(NSString *)xTenant;",
            "- (AWSTask *)petsPost:(PETPet *)body;",
            "- (AWSTask *)rootGet;");
    assertThat(sdk.file("generated-src/PETPetStoreClient.m"))
        .contains(
            "[queryParameters setValue:page forKey:@\"page\"];", "responseClass:[PETPet class]];");
    assertThat(sdk.file("generated-src/PETPet.h"))
        .contains("@property (nonatomic, strong, nullable) NSNumber *_id;")
        .contains("@property (nonatomic, strong, nullable) PETOwner *owner;");
    assertThat(sdk.file("generated-src/PETPet.m"))
        .contains("@\"_id\": @\"id\",")
        .contains("awsmtl_JSONDictionaryTransformerWithModelClass:[PETOwner class]")
        .contains("#import \"PETOwner.h\"", "#import \"PETPetTagsItem.h\"")
        .doesNotContain("PETEmpty");
  }

  @Test
  void theGemIsNamedAfterTheService() {
    GeneratedSdk sdk = GeneratedSdk.of("pets.yaml", "ruby", Map.of("service.name", "simpleCalc"));

    assertThat(sdk.file("simplecalc-sdk/simplecalc-sdk.gemspec"))
        .contains("spec.name = 'simplecalc-sdk'", "spec.version = '1.0.0'");
    assertThat(sdk.file("simplecalc-sdk/lib/simplecalc-sdk/client.rb"))
        .contains("module SimpleCalc", "def get_pet(params = {})", "signed: true");
    assertThat(sdk.file("simplecalc-sdk/lib/simplecalc-sdk/types.rb"))
        .contains(
            "class Pet < Structure",
            "member :odd_name, \"odd name\"",
            "member :tags, \"tags\", [-> { Types::PetTagsItem }]");
  }

  /** No text of a definition ends a comment or a literal, and no file lies elsewhere. */
  @ParameterizedTest
  @CsvSource({"swift, classPrefix, P", "objectivec, classPrefix, P", "ruby, service.name, p"})
  void hostileTextsStayTexts(String type, String parameter, String value) {
    GeneratedSdk sdk = GeneratedSdk.of("hostile.yaml", type, Map.of(parameter, value));

    assertThat(sdk.files().keySet()).allMatch(name -> name.matches("[A-Za-z0-9_./-]+"));
    sdk.files()
        .forEach(
            (name, text) ->
                assertThat(text.lines().map(String::strip))
                    .as(name)
                    .noneMatch(line -> line.equals("=end") || line.equals("__END__"))
                    .noneMatch(line -> line.startsWith("evil") || line.contains("*/ evil")));
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static String text(Document document, String element) {
    return document.getElementsByTagName(element).item(0).getTextContent();
  }
}
