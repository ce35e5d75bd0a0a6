/** What the custom domain names of API Gateway's two APIs have in common. */
@NullMarked
package io.portico.gateway.control.domains;

import org.jspecify.annotations.NullMarked;
