package dev.skerry.packages;

import dev.skerry.ingress.Ingress;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/** What each package answers; the workers stand in {@code src/test/resources/packages}. */
abstract class PackageTest {
    @Inject
    Ingress ingress;

    Packages packages = new Packages(0);

    @BeforeEach
    void open() {
        packages = new Packages(ingress.address().port());
    }

    RequestSpecification to(String name) {
        return packages.to(name);
    }

    RequestSpecification json(String name, String body) {
        return to(name).contentType("application/json").body(body);
    }
}
