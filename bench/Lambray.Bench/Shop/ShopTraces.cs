using System.Buffers;
using System.Globalization;

namespace Lambray.Bench.Shop;

/// <summary>
/// The traces of a web shop: eight segments each, some busy services and many quiet ones, two in a hundred with a fault, a few slow.
/// <code>
/// AWS::ApiGateway::Stage shop-api
///   storefront (EC2)                       some are sent while they run, before they are complete
///     service-N (EC2) ── SQL               which N: as popularity goes, of 40
///     service-M (EC2) ── DynamoDB table
///       AWS::Lambda function-K             of 20
///         AWS::Lambda::Function
///           S3 bucket, ## render           sent alone, as in Lambda; some are sent while they run
/// </code>
/// </summary>
sealed class ShopTraces(ulong seed, ShopTime time)
{
    public const int SegmentsPerTrace = 8;
    public const string Entry = "storefront";

    const double FaultRate = 0.02;
    const double ErrorRate = 0.03;
    const double ThrottleRate = 0.003;
    const double SlowRate = 0.03;
    const double SlowFactor = 12;
    const double InProgressRate = 0.1;

    static readonly string[] Tiers = ["bronze", "silver", "gold"];
    static readonly string[] Methods = ["GET", "GET", "GET", "POST", "PUT"];

    readonly Zipf services = new(40);
    readonly Zipf functions = new(20);
    readonly Zipf routes = new(30);
    readonly Zipf users = new(5_000);

    /// <summary>The id of one of them, as the documents have it.</summary>
    public string IdOf(long number) => Begin(number, out _, out _);

    /// <summary>Writes one of them; each document is handed on as it becomes complete.</summary>
    /// <param name="startsAt">Seconds since 1970; null to have it when the data says.</param>
    public void Write(long number, ShopDocument document, ArrayBufferWriter<byte> output, Action<ReadOnlyMemory<byte>> take, double? startsAt = null)
    {
        var trace = Begin(number, out var random, out var start);
        if (startsAt is { } now)
        {
            trace = string.Create(CultureInfo.InvariantCulture, $"1-{(long)now:x8}{trace[10..]}");
            start = now;
        }
        var json = document.Json;
        var slow = random.Happens(SlowRate) ? SlowFactor : 1;
        var isFault = random.Happens(FaultRate);
        var status = isFault ? 500 : random.Happens(ThrottleRate) ? 429 : random.Happens(ErrorRate) ? 404 : 200;
        var (method, route, user) = (Methods[random.Below(Methods.Length)], routes.Pick(ref random), users.Pick(ref random));
        var (first, second, function) = (services.Pick(ref random), services.Pick(ref random), functions.Pick(ref random));
        var url = $"https://shop.example.com/route-{route}/{random.Below(100_000)}";
        var ids = random.Next() | 1;
        // From the inside out: each caller waits for those that it calls.
        var render = random.LogNormal(0.004, 0.5) * slow;
        var store = random.LogNormal(0.012, 0.6) * slow;
        var ofFunction = render + store + 0.002;
        var ofLambda = ofFunction + random.LogNormal(0.003, 0.4);
        var query = random.LogNormal(0.008, 0.7) * slow;
        var ofFirst = query + random.LogNormal(0.004, 0.4);
        var ofSecond = ofLambda + random.LogNormal(0.006, 0.4);
        var ofStorefront = ofFirst + ofSecond + random.LogNormal(0.005, 0.4);
        var ofGateway = ofStorefront + 0.002;

        if (random.Happens(InProgressRate))
        {
            document.Begin(Entry, ids + 2, trace, start + 0.001, end: null, ids + 1);
            json.WriteString("origin", "AWS::EC2::Instance");
            document.End();
            Hand();
        }
        document.Begin("service-" + first, ids + 4, trace, start + 0.003, start + 0.003 + ofFirst, ids + 3);
        json.WriteString("origin", "AWS::EC2::Instance");
        document.Http("GET", $"http://service-{first}.internal/items", isFault ? 500 : 200);
        document.Sdk();
        json.WriteStartObject("annotations");
        json.WriteNumber("items", random.Below(12));
        json.WriteEndObject();
        json.WriteStartArray("subsegments");
        json.WriteStartObject();
        document.Entity("shop@db.internal", ids + 5, start + 0.004, start + 0.004 + query);
        json.WriteString("namespace", "remote");
        json.WriteStartObject("sql");
        json.WriteString("url", "postgresql://db.internal:5432/shop");
        json.WriteString("database_type", "PostgreSQL");
        json.WriteString("sanitized_query", "SELECT id, name, price, stock FROM items WHERE category = $1 ORDER BY rank LIMIT $2");
        json.WriteEndObject();
        if (isFault)
        {
            json.WriteBoolean("fault", true);
            document.Cause("TimeoutError", "The database did not answer in time");
        }
        json.WriteEndObject();
        json.WriteEndArray();
        if (isFault) document.Cause("TimeoutError", "The database did not answer in time");
        document.End();
        Hand();

        var inFunction = start + 0.008 + ofFirst;
        Alone("S3", ids + 11, inFunction, inFunction + store, () => document.AwsCall("GetObject", "bucket_name", "shop-assets", 200));
        Alone("## render", ids + 12, inFunction + store, inFunction + store + render, () =>
        {
            json.WriteStartObject("metadata");
            json.WriteStartObject("default");
            json.WriteString("template", "cart.html");
            json.WriteEndObject();
            json.WriteEndObject();
        });
        document.Begin("function-" + function, ids + 10, trace, inFunction - 0.001, inFunction + ofFunction, ids + 9);
        json.WriteString("origin", "AWS::Lambda::Function");
        LambdaFields();
        document.End();
        Hand();
        document.Begin("function-" + function, ids + 9, trace, inFunction - 0.002, inFunction - 0.002 + ofLambda, ids + 8);
        json.WriteString("origin", "AWS::Lambda");
        document.Http("POST", $"https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/function-{function}/invocations", 200);
        LambdaFields();
        document.End();
        Hand();

        document.Begin("service-" + second, ids + 7, trace, start + 0.004 + ofFirst, start + 0.004 + ofFirst + ofSecond, ids + 6);
        json.WriteString("origin", "AWS::EC2::Instance");
        document.Http("POST", $"http://service-{second}.internal/carts", 200);
        document.Sdk();
        json.WriteStartArray("subsegments");
        json.WriteStartObject();
        document.Entity("Lambda", ids + 8, start + 0.005 + ofFirst, start + 0.005 + ofFirst + ofLambda);
        document.AwsCall("Invoke", "function_name", "function-" + function, 200);
        json.WriteEndObject();
        json.WriteStartObject();
        document.Entity("DynamoDB", ids + 13, start + 0.005 + ofFirst, start + 0.009 + ofFirst);
        document.AwsCall("PutItem", "table_name", "carts-" + (second % 5), 200);
        json.WriteEndObject();
        json.WriteEndArray();
        document.End();
        Hand();

        document.Begin(Entry, ids + 2, trace, start + 0.001, start + 0.001 + ofStorefront, ids + 1);
        json.WriteString("origin", "AWS::EC2::Instance");
        json.WriteString("user", "user-" + user);
        document.Http(method, url, status);
        document.Sdk();
        json.WriteStartObject("annotations");
        json.WriteString("tier", Tiers[user % 3]);
        json.WriteNumber("cart", random.Below(20));
        json.WriteBoolean("beta", user % 10 == 0);
        json.WriteString("order", $"order-{number}");
        json.WriteEndObject();
        json.WriteStartArray("subsegments");
        Call("service-" + first + ".internal", ids + 3, start + 0.002, ofFirst + 0.002, isFault ? 500 : 200);
        Call("service-" + second + ".internal", ids + 6, start + 0.004 + ofFirst, ofSecond, 200);
        json.WriteEndArray();
        document.End();
        Hand();

        document.Begin("shop-api/prod", ids, trace, start, start + ofGateway, parent: null);
        json.WriteString("origin", "AWS::ApiGateway::Stage");
        document.Http(method, url, status);
        json.WriteStartArray("subsegments");
        Call(Entry, ids + 1, start + 0.0005, ofStorefront + 0.001, status);
        json.WriteEndArray();
        document.End();
        Hand();

        void Hand()
        {
            take(output.WrittenMemory);
            output.ResetWrittenCount();
        }

        void LambdaFields()
        {
            json.WriteString("resource_arn", $"arn:aws:lambda:eu-central-1:123456789012:function:function-{function}");
            json.WriteStartObject("aws");
            json.WriteString("account_id", "123456789012");
            json.WriteString("request_id", "8f5a2b1c-3d4e-4f60-8a7b-9c0d1e2f3a4b");
            json.WriteEndObject();
        }

        void Call(string name, ulong id, double from, double duration, int answered)
        {
            json.WriteStartObject();
            document.Entity(name, id, from, from + duration);
            json.WriteString("namespace", "remote");
            document.Http("GET", $"http://{name}/", answered);
            json.WriteEndObject();
        }

        void Alone(string name, ulong id, double from, double to, Action fields)
        {
            if (random.Happens(InProgressRate))
            {
                Begin(end: null);
                document.End();
                Hand();
            }
            Begin(to);
            fields();
            document.End();
            Hand();

            void Begin(double? end)
            {
                document.Begin(name, id, trace, from, end, ids + 10);
                json.WriteString("type", "subsegment");
            }
        }
    }

    string Begin(long number, out ShopRandom random, out double start)
    {
        random = new ShopRandom(seed ^ ((ulong)number * 0xD1342543DE82EF95));
        start = time.Pick(ref random);
        return string.Create(CultureInfo.InvariantCulture, $"1-{(long)start:x8}-{random.Next():x16}{(uint)number:x8}");
    }
}
