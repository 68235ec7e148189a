using DeltaEdge.Core.Wire;

namespace DeltaEdge.Worker.Images;

/// <summary>Why an image was not fetched. None says what was found at an address, or which address a name has.</summary>
internal static class ImageUrlErrors
{
    public static ApiError Invalid(string param) =>
        ApiError.Invalid(param, $"An image's URL must be http or https, at most {ImageUrl.LongestUrl} characters, without a user or password.", "invalid_image_url");

    public static ApiError NotPublic(string param) => ApiError.Invalid(param, "The image's URL does not lead to a public address.", "image_url_not_allowed");

    public static ApiError Unreachable(string param) => ApiError.Invalid(param, "The image could not be fetched from its URL.", "image_url_unreachable");

    public static ApiError Status(string param, int status) => ApiError.Invalid(param, $"The image's URL answered with status {status}.", "image_url_unreachable");

    public static ApiError TooManyRedirects(string param, int most) => ApiError.Invalid(param, $"The image's URL redirects more than {most} times.", "image_url_unreachable");

    public static ApiError TimedOut(string param, int milliseconds) => ApiError.Invalid(param, $"The image did not come within {milliseconds} ms.", "image_url_timeout");

    public static ApiError TooLarge(string param, int bytes) => ApiError.Invalid(param, $"The image at the URL is larger than the {bytes} bytes that are fetched.", "image_url_too_large");

    public static ApiError WrongType(string param, string allowed) => ApiError.Invalid(param, $"The URL is not of an image: its content type must be one of {allowed}, not compressed.", "image_url_wrong_type");

    public static ApiError Busy { get; } = ApiError.Overloaded(1, "Too many images are being fetched from URLs; send the image in the request, or try again.");
}
