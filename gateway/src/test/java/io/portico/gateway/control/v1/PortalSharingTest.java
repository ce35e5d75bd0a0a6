package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Portal products that one account shares with another. */
class PortalSharingTest {
  private static final Caller OWNER = TestControlPlane.CALLER;
  private static final Caller OTHER = new Caller("444455556666", "eu-west-1", null);
  private static final Caller ELSEWHERE = new Caller("444455556666", "us-east-1", null);

  private final TestControlPlane control = new TestControlPlane();

  private ObjectNode call(Caller caller, String operation, String input) {
    return control.callV2(
        caller, operation, (ObjectNode) Json.parse("{" + input.replace('\'', '"') + "}"));
  }

  private String refusal(Caller caller, String operation, String input) {
    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> call(caller, operation, input));
    return refusal == null ? "" : refusal.code() + ": " + refusal.text();
  }

  private String product() {
    return call(OWNER, "CreatePortalProduct", "'displayName': 'Pets'")
        .get("portalProductId")
        .asString();
  }

  private static String arn(String product) {
    return "arn:aws:apigateway:eu-west-1:111122223333:/portalproducts/" + product;
  }

  private static String ofOwner(String product) {
    return "'PortalProductId': '%s', 'ResourceOwnerAccountId': '111122223333'".formatted(product);
  }

  private void share(String product, String... statements) {
    control.callV2(
        OWNER,
        "PutPortalProductSharingPolicy",
        Json.object()
            .put("PortalProductId", product)
            .put(
                "policyDocument",
                "{\"Version\": \"2012-10-17\", \"Statement\": [%s]}"
                    .formatted(String.join(", ", statements))));
  }

  private static String statement(String effect, String product, String... actions) {
    return """
    {"Effect": "%s", "Principal": {"AWS": "444455556666"}, "Action": ["%s"],
     "Resource": ["%s", "%s/*"]}"""
        .formatted(effect, String.join("\", \"", actions), arn(product), arn(product));
  }

  private static String portal(String product) {
    return """
    'authorization': {'none': {}}, 'endpointConfiguration': {'none': {}}, 'portalContent':
    {'displayName': 'pets', 'theme': {'customColors': {'accentColor': '#000000'}}},
    'includedPortalProductArns': ['%s']"""
        .formatted(arn(product));
  }

  @Test
  void whoIsAllowedNothingSeesNothing() {
    String product = product();

    assertThat(refusal(OTHER, "GetPortalProduct", ofOwner(product)))
        .isEqualTo("NotFoundException: Invalid portal product identifier specified");
    assertThat(call(OTHER, "ListPortalProducts", "'ResourceOwner': 'OTHER_ACCOUNTS'").get("items"))
        .isEmpty();
    assertThat(refusal(OTHER, "CreatePortal", portal(product)))
        .isEqualTo(
            "BadRequestException: The portal product %s does not exist or is not shared with you"
                .formatted(arn(product)));
  }

  @Test
  void whatIsSharedIsSeenAndIncludedAndNotChanged() {
    String product = product();
    String page =
        call(
                OWNER,
                "CreateProductPage",
                "'PortalProductId': '%s', 'displayContent': {'title': 'a', 'body': 'b'}"
                    .formatted(product))
            .get("productPageId")
            .asString();
    share(
        product,
        statement(
            "Allow",
            product,
            "apigateway:GetProduct",
            "apigateway:ListPages",
            "apigateway:GetPage"));

    assertThat(call(OTHER, "GetPortalProduct", ofOwner(product)).get("displayName").asString())
        .isEqualTo("Pets");
    assertThat(call(OTHER, "ListPortalProducts", "'ResourceOwner': 'OTHER_ACCOUNTS'").get("items"))
        .hasSize(1);
    assertThat(
            call(ELSEWHERE, "ListPortalProducts", "'ResourceOwner': 'OTHER_ACCOUNTS'").get("items"))
        .isEmpty();
    assertThat(call(OTHER, "ListProductPages", ofOwner(product)).get("items")).hasSize(1);
    assertThat(
            call(
                    OTHER,
                    "GetProductPage",
                    ofOwner(product) + ", 'ProductPageId': '%s'".formatted(page))
                .at("/displayContent/title")
                .asString())
        .isEqualTo("a");
    assertThat(refusal(OTHER, "ListProductRestEndpointPages", ofOwner(product)))
        .startsWith("NotFoundException");
    assertThat(call(OTHER, "CreatePortal", portal(product)).get("includedPortalProductArns"))
        .hasSize(1);
    assertThat(refusal(OTHER, "UpdatePortalProduct", ofOwner(product) + ", 'displayName': 'Mine'"))
        .startsWith("NotFoundException");
  }

  @Test
  void aPortalIsNotPublishedWithWhatIsSharedNoMore() {
    String product = product();
    share(product, statement("Allow", product, "apigateway:GetPortalProduct"));
    String portal =
        "'PortalId': '%s'"
            .formatted(call(OTHER, "CreatePortal", portal(product)).get("portalId").asString());
    call(OTHER, "PublishPortal", portal);
    call(OWNER, "DeletePortalProductSharingPolicy", "'PortalProductId': '%s'".formatted(product));

    assertThat(refusal(OTHER, "PublishPortal", portal)).startsWith("BadRequestException");
    assertThat(refusal(OTHER, "PreviewPortal", portal)).startsWith("BadRequestException");
    assertThat(call(OTHER, "GetPortal", portal).get("publishStatus").asString())
        .isEqualTo("PUBLISHED");
    call(OTHER, "UpdatePortal", portal + ", 'includedPortalProductArns': []");
    assertThat(refusal(OTHER, "PublishPortal", portal)).isEmpty();
  }

  @Test
  void aPortalGoesOnToBePublishedWithoutWhatItsOwnAccountHasDeleted() {
    String product = product();
    String portal =
        "'PortalId': '%s'"
            .formatted(call(OWNER, "CreatePortal", portal(product)).get("portalId").asString());
    call(OWNER, "DeletePortalProduct", "'PortalProductId': '%s'".formatted(product));

    assertThat(refusal(OWNER, "PublishPortal", portal)).isEmpty();
  }

  @Test
  void whatIsDeniedByEitherNameOfAnActionIsDenied() {
    String product = product();
    share(
        product,
        statement("Allow", product, "apigateway:*"),
        statement("Deny", product, "apigateway:GetProduct"));

    assertThat(refusal(OTHER, "GetPortalProduct", ofOwner(product)))
        .startsWith("NotFoundException");
    assertThat(call(OTHER, "ListProductPages", ofOwner(product)).get("items")).isEmpty();
  }
}
