using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Functions.Registry;

/// <summary>Where the code of functions and the content of layers come from: the request itself, or an object in S3.</summary>
public sealed class CodeSource(ObjectStore objects)
{
    /// <summary>Reads the zip.</summary>
    /// <param name="zip">As it was sent; null when it was not.</param>
    /// <param name="bucket">The bucket that it lies in; null when none was named.</param>
    /// <param name="what">What it is to be, for the refusal when it does not come.</param>
    /// <exception cref="AwsException">Neither, both, or there is no such object.</exception>
    public async Task<UploadedCode> ReadAsync(byte[]? zip, string? bucket, string? key, string? objectVersion, string what)
    {
        if (zip is not null)
            return (bucket ?? key ?? objectVersion) is null
                ? new UploadedCode(zip, CodeStore.ZippedBytesMax)
                : throw LambdaErrors.InvalidParameter("Please do not provide other FunctionCode parameters when providing a ZipFile.");
        if (bucket is null || key is null) throw LambdaErrors.InvalidParameter($"Please provide a source for {what}.");
        try
        {
            return await ReadObjectAsync(bucket, key, objectVersion);
        }
        catch (AwsException error) when (error.Code is "NoSuchBucket" or "NoSuchKey" or "NoSuchVersion" or "MethodNotAllowed")
        {
            throw Refused(error.Code, error.Message);
        }
    }

    async Task<UploadedCode> ReadObjectAsync(string bucket, string key, string? version)
    {
        var (stored, body) = objects.OpenObject(bucket, key, version);
        await using (body)
        {
            if (stored.Size > CodeStore.UnzippedBytesMax) throw LambdaErrors.InvalidParameter($"Unzipped size must be smaller than {CodeStore.UnzippedBytesMax} bytes");
            var zip = new byte[stored.Size];
            await body.ReadExactlyAsync(zip);
            return new UploadedCode(zip, CodeStore.UnzippedBytesMax);
        }
    }

    static AwsException Refused(string code, string message) =>
        LambdaErrors.InvalidParameter($"Error occurred while GetObject. S3 Error Code: {code}. S3 Error Message: {message}");
}
